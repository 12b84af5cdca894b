package io.millrace.learn.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.learn.DesignRow;
import io.millrace.learn.ModelOutputs;
import io.millrace.learn.glm.Family;
import io.millrace.learn.glm.GlmGraph;
import io.millrace.learn.glm.GlmModel;
import io.millrace.learn.prepare.InputPlan.Form;
import io.millrace.learn.prepare.InputPlan.Imputation;
import io.millrace.learn.prepare.PreparePlan.ModelKind;
import io.millrace.model.ElementType;
import io.millrace.model.graph.OnnxGraphBuilder;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreparationGraphTest {
  private static final List<Kind> KINDS =
      List.of(Kind.DOUBLE, Kind.LONG, Kind.BOOLEAN, Kind.STRING, Kind.INT, Kind.FLOAT);

  /** Learns from half of the rows, so that the other half has values that were never seen. */
  @Property(tries = 40)
  void shouldGiveInOnnxRuntimeWhatJavaGives(@ForAll Random random) throws Exception {
    ModelKind model = random.nextBoolean() ? ModelKind.LINEAR : ModelKind.TREES;
    List<Column> inputs = new ArrayList<>();
    Map<String, InputPlan> said = new HashMap<>();
    int count = 1 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      inputs.add(Examples.nullable("x" + i, kind));
      if (random.nextInt(4) > 0) {
        said.put("x" + i, plan(random, kind));
      }
    }
    // one that is never constant
    inputs.add(Examples.nullable("always", Kind.DOUBLE));
    Examples examples = new Examples(inputs, false);
    int scale = 1 + random.nextInt(20);
    for (int i = 0; i < 120; i++) {
      examples.train(i % 2 == 0 ? 0.0 : 1.0, values(random, inputs, scale, i));
    }
    List<Object[]> rows = List.copyOf(examples.rows());
    PreparePlan plan = PreparePlan.of(inputs, model, said);
    Preparation preparation =
        Preparation.fit(
            inputs,
            plan,
            Examples.statistics(
                StatisticsPlan.of(examples.type(), plan, Examples.COLUMNS, true),
                rows.subList(0, 60)));
    double[][] expected = prepared(preparation, examples, rows);

    OnnxGraphBuilder graph = new OnnxGraphBuilder("design");
    graph.output(
        "design",
        PreparationGraph.write(preparation, graph),
        ElementType.DOUBLE,
        preparation.width(),
        "");
    double[][] found =
        (double[][]) run(graph.toModel("", new TreeMap<>()), examples, rows, "design");
    assertClose(preparation, expected, found);

    if (model == ModelKind.LINEAR && said.values().stream().allMatch(PreparationGraphTest::known)) {
      compareModels(preparation, random, examples, rows, expected);
    }
  }

  private static boolean known(InputPlan plan) {
    return !(plan instanceof InputPlan.Numbers numbers)
        || !(numbers.imputation() instanceof Imputation.None);
  }

  private static void compareModels(
      Preparation preparation,
      Random random,
      Examples examples,
      List<Object[]> rows,
      double[][] design)
      throws Exception {
    for (Family family :
        List.of(Family.LINEAR, Family.POISSON, Family.MULTINOMIAL, Family.LOGISTIC)) {
      List<String> classes = family == Family.MULTINOMIAL ? List.of("a", "b", "c") : List.of();
      List<List<Double>> coefficients = new ArrayList<>();
      List<Double> intercepts = new ArrayList<>();
      for (int k = 0; k < Math.max(1, classes.size()); k++) {
        coefficients.add(random.doubles(preparation.width(), -1, 1).boxed().toList());
        intercepts.add(random.nextDouble());
      }
      GlmModel model =
          new GlmModel(
              family,
              preparation.columns().stream().map(DesignColumn::name).toList(),
              classes,
              coefficients,
              intercepts);
      byte[] onnx = GlmGraph.onnx(preparation, model);
      double[][] expected = new double[rows.size()][];
      for (int i = 0; i < design.length; i++) {
        double[] margins = new double[coefficients.size()];
        for (int k = 0; k < margins.length; k++) {
          margins[k] = intercepts.get(k);
          for (int column = 0; column < design[i].length; column++) {
            margins[k] += coefficients.get(k).get(column) * design[i][column];
          }
        }
        family.predict(margins);
        expected[i] = margins;
      }
      String output =
          family == Family.MULTINOMIAL ? ModelOutputs.PROBABILITIES : ModelOutputs.SCORE;
      assertClose(preparation, expected, (double[][]) run(onnx, examples, rows, output));
      if (family == Family.MULTINOMIAL) {
        String[][] names = (String[][]) run(onnx, examples, rows, ModelOutputs.SCORE);
        for (int i = 0; i < names.length; i++) {
          int best = 0;
          for (int k = 1; k < 3; k++) {
            best = expected[i][k] > expected[i][best] ? k : best;
          }
          assertEquals(classes.get(best), names[i][0]);
        }
      }
    }
  }

  private static InputPlan plan(Random random, Kind kind) {
    InputPlan.OneHot oneHot = new InputPlan.OneHot(1 + random.nextInt(10));
    if (kind == Kind.STRING) {
      return random.nextBoolean() ? oneHot : new InputPlan.Ordinal();
    }
    if (random.nextInt(4) == 0) {
      return oneHot;
    }
    List<Imputation> imputations =
        List.of(
            new Imputation.None(),
            new Imputation.Mean(),
            new Imputation.Median(),
            new Imputation.Constant(random.nextInt(5) - 2));
    List<Form> forms =
        List.of(
            new Form.AsItIs(), new Form.Standardised(), new Form.Buckets(2 + random.nextInt(4)));
    return new InputPlan.Numbers(
        imputations.get(random.nextInt(4)),
        random.nextBoolean(),
        random.nextBoolean()
            ? Optional.of(new InputPlan.Clip(new BigDecimal("0.05"), new BigDecimal("0.9")))
            : Optional.empty(),
        random.nextBoolean(),
        forms.get(random.nextInt(3)));
  }

  private static @Nullable Object[] values(
      Random random, List<Column> inputs, int scale, int number) {
    @Nullable Object[] values = new Object[inputs.size()];
    for (int i = 0; i < values.length - 1; i++) {
      long whole = (long) random.nextInt(2 * scale) - scale;
      values[i] =
          random.nextInt(5) == 0
              ? null
              : switch (inputs.get(i).type().kind()) {
                case DOUBLE -> odd(random, whole * 0.37);
                case FLOAT -> (double) (float) (whole * 1.1);
                case LONG, INT -> whole;
                case BOOLEAN -> whole > 0;
                case STRING -> random.nextInt(9) == 0 ? "" : "é" + whole;
                default -> throw new AssertionError();
              };
    }
    values[values.length - 1] = (double) number;
    return values;
  }

  /** Sometimes what clean records never hold. */
  private static double odd(Random random, double usual) {
    double[] odd = {-0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300};
    return random.nextInt(30) == 0 ? odd[random.nextInt(5)] : usual;
  }

  @Test
  void shouldWriteTheSameBytesAgain() {
    Preparation preparation =
        new Preparation(
            List.of(
                new PreparedInput.Numeric("a", List.of(new NumberStep.Impute(1)), true),
                new PreparedInput.TextCategories("b", List.of("x", "y"), true)),
            List.of());
    GlmModel model =
        new GlmModel(
            Family.LOGISTIC,
            preparation.columns().stream().map(DesignColumn::name).toList(),
            List.of(),
            List.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0)),
            List.of(0.5));
    assertArrayEquals(GlmGraph.onnx(preparation, model), GlmGraph.onnx(preparation, model));
  }

  private static double[][] prepared(
      Preparation preparation, Examples examples, List<Object[]> rows) {
    Preparer preparer = preparation.preparer(examples.type());
    Row row = new Row(examples.type().size());
    DesignRow out = new DesignRow(preparation.width());
    double[][] design = new double[rows.size()][preparation.width()];
    for (int i = 0; i < design.length; i++) {
      Examples.fill(row, rows.get(i));
      preparer.prepare(row, out);
      for (int j = 0; j < out.size; j++) {
        design[i][out.indices[j]] = out.values[j];
      }
    }
    return design;
  }

  private static Object run(byte[] onnx, Examples examples, List<Object[]> rows, String output)
      throws Exception {
    List<Map<String, @Nullable Object>> named = new ArrayList<>();
    for (Object[] row : rows) {
      Map<String, @Nullable Object> values = new HashMap<>();
      for (int i = 0; i < row.length; i++) {
        values.put(examples.type().columns().get(i).name(), row[i]);
      }
      named.add(values);
    }
    try (OnnxRun model = new OnnxRun(onnx)) {
      return model.run(named, output);
    }
  }

  private static void assertClose(Preparation preparation, double[][] expected, double[][] found) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        double tolerance = 1e-9 * Math.max(1, Math.abs(expected[i][j]));
        if (!(Math.abs(expected[i][j] - found[i][j]) <= tolerance
            || Double.compare(expected[i][j], found[i][j]) == 0)) {
          throw new AssertionError(
              "row %d, column %d: %s in Java, %s in ONNX Runtime, of %s"
                  .formatted(i, j, expected[i][j], found[i][j], preparation));
        }
      }
    }
  }
}
