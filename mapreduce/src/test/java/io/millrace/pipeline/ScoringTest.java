package io.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.model.ModelSignature;
import io.millrace.model.TestModels;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final RowType FEATURES =
      new RowType(
          "Card",
          List.of(
              new Column("card_id", ColumnType.of(Kind.STRING)),
              new Column("features", ColumnType.of(Kind.DOUBLE)),
              new Column("largest", ColumnType.decimal(9, 2).withNullable(true)),
              new Column("score", ColumnType.of(Kind.LONG))));

  private final List<Problem> problems = new ArrayList<>();

  private Optional<Scoring> keep(String... columns) {
    ScoreSpec spec =
        new ScoreSpec(
            ScoreSpec.Rows.ENTITIES,
            Optional.empty(),
            new Located<>("fraud.onnx", new Location("pipeline.yaml", 1, 1)),
            new ScoreSpec.Inputs.SameNames(),
            Map.of(),
            new ScoreSpec.Missing.NotANumber(),
            Optional.empty(),
            Arrays.stream(columns)
                .map(name -> new Located<>(name, new Location("pipeline.yaml", 2, 1)))
                .toList(),
            BigDecimal.ONE);
    return Scoring.bind(spec, ModelSignature.read(TestModels.logistic(0, 1)), FEATURES, problems);
  }

  @Test
  void shouldPutTheScoreBehindTheKeptColumns() {
    Scoring scoring = keep("largest", "card_id").orElseThrow();
    assertEquals(
        List.of(
            new Column("largest", ColumnType.decimal(9, 2).withNullable(true)),
            new Column("card_id", ColumnType.of(Kind.STRING)),
            new Column("score", ColumnType.of(Kind.FLOAT))),
        scoring.scores().columns());
    assertEquals("Score", scoring.scores().name());
  }

  @Test
  void shouldNameColumnsThatCannotBeKept() {
    assertEquals(Optional.empty(), keep("card_id", "card", "score", "card_id"));
    assertEquals(
        List.of(
            "pipeline.yaml:2:1: there is no column `card` among the features",
            "pipeline.yaml:2:1: column `score` cannot be kept: the score itself is called so",
            "pipeline.yaml:2:1: column `card_id` is kept twice"),
        problems.stream().map(Problem::toString).toList());
  }
}
