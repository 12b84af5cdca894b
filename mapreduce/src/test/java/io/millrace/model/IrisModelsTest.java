package io.millrace.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.PublicData;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that others exported from scikit-learn, against predictions of Python's onnxruntime. */
class IrisModelsTest {
  private static final RowType FEATURES =
      new RowType(
          "Iris",
          Stream.of("sepal_length", "sepal_width", "petal_length", "petal_width")
              .map(name -> new Column(name, ColumnType.of(Kind.DOUBLE)))
              .toList());
  private static final Location AT = new Location("pipeline.yaml", 1, 1);
  private static final int LABEL_COLUMN = 3;

  private static Path folder() {
    return PublicData.find("models", "onnx");
  }

  private static double[][] numbers(Path file) throws IOException {
    // the first row of the data was taken for a header when the predictions were made
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private static ScoreSpec spec(ScoreSpec.Output output) {
    return new ScoreSpec(
        ScoreSpec.Rows.ENTITIES,
        Optional.empty(),
        new Located<>("iris.onnx", AT),
        new ScoreSpec.Inputs.OneTensor(
            FEATURES.names().stream().map(name -> new Located<>(name, AT)).toList()),
        Map.of(),
        new ScoreSpec.Missing.NotANumber(),
        Optional.of(new Located<>(output, AT)),
        List.of(),
        BigDecimal.ONE);
  }

  @ParameterizedTest
  @CsvSource({
    "logreg_iris.akokubo, output_label",
    "logreg_iris.mail2mhossain, output_label",
    "rf_iris.jachen36, output_label",
    "rf_iris.mail2mhossain, output_label"
  })
  void shouldGiveThePredictionsOfOthers(String name, String label) throws Exception {
    Path folder = folder();
    byte[] model = Files.readAllBytes(folder.resolve(name + ".onnx"));
    double[][] rows = numbers(folder.resolve("iris_data.csv"));
    double[][] expected = numbers(folder.resolve(name + ".expected.onnxruntime.csv"));
    assertEquals(expected.length, rows.length);
    for (int key = 0; key < LABEL_COLUMN; key++) {
      ByteCursor scores =
          score(model, new ScoreSpec.Output("output_probability", Optional.of("" + key)), rows);
      for (double[] row : expected) {
        assertEquals(row[key], scores.readFloat(), 1e-6);
      }
    }
    ByteCursor labels = score(model, new ScoreSpec.Output(label, Optional.empty()), rows);
    for (double[] row : expected) {
      assertEquals((long) row[LABEL_COLUMN], labels.readVarint());
    }
  }

  private static ByteCursor score(byte[] model, ScoreSpec.Output output, double[][] rows)
      throws ModelException {
    List<Problem> problems = new ArrayList<>();
    Optional<BoundModel> bound =
        ModelBinder.bind(ModelSignature.read(model), spec(output), FEATURES, problems);
    assertEquals(List.of(), problems);
    try (ModelSession session =
        ModelSession.open(model, bound.orElseThrow(), FEATURES, rows.length)) {
      Row row = new Row(FEATURES.size());
      ByteBuilder out = new ByteBuilder();
      for (int first = 0; first < rows.length; first += session.rows()) {
        int count = Math.min(session.rows(), rows.length - first);
        for (int i = 0; i < count; i++) {
          for (int slot = 0; slot < FEATURES.size(); slot++) {
            row.setDouble(slot, rows[first + i][slot]);
          }
          session.put(i, row);
        }
        Scores scores = session.run(0, count);
        for (int i = 0; i < count; i++) {
          scores.encode(i, out);
        }
      }
      return new ByteCursor().reset(out.array(), 0, out.length());
    }
  }
}
