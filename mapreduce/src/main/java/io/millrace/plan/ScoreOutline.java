package io.millrace.plan;

import io.millrace.pipeline.BoundScoring;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.ScoredRows;
import io.millrace.pipeline.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What decides the content of scores. */
final class ScoreOutline {
  private static final int VERSION = 1;

  private ScoreOutline() {}

  /**
   * The outline.
   *
   * @param earlier the stages that make what is scored
   */
  static StageOutline of(BoundScoring bound, List<StageOutline> earlier) {
    if (bound.rows() instanceof ScoredRows.Entities entities) {
      return ofEntities(bound, entities.group());
    }
    return ofEvents(bound, ((ScoredRows.Events) bound.rows()).joined(), earlier);
  }

  private static StageOutline ofEntities(BoundScoring bound, FeatureGroup group) {
    Scoring scoring = bound.scoring();
    StageId features = StageId.features(group.name());
    Definition rows =
        Definition.of(
                Map.of(
                    "score.group", group.name(),
                    "score.inputs", ModelText.of(scoring.inputs()),
                    "score.output", ModelText.of(scoring.output())))
            .reading(features, scoring.inputs().columns());
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String column : scoring.keep()) {
      columns.put(
          column,
          Definition.of(Map.of("score.keep." + column, column)).reading(features, List.of(column)));
    }
    columns.put(Scoring.SCORE, Definition.of(Map.of()));
    return outline(bound, rows, columns, List.of(new StageInput.SameDay(features)));
  }

  private static StageOutline ofEvents(
      BoundScoring bound, JoinedRows joined, List<StageOutline> earlier) {
    Scoring scoring = bound.scoring();
    SortedMap<String, Definition> joinedColumns = joinedColumns(joined, earlier);
    Definition rows =
        Definition.of(
            Map.of(
                "score.rows", "events",
                "score.inputs", ModelText.of(scoring.inputs()),
                "score.output", ModelText.of(scoring.output())));
    rows = rows.reading(StageId.clean(), joined.cleanColumns());
    for (String column : scoring.inputs().columns()) {
      rows = rows.and(joinedColumns.get(column));
    }
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String column : scoring.keep()) {
      columns.put(
          column,
          Definition.of(Map.of("score.keep." + column, column)).and(joinedColumns.get(column)));
    }
    columns.put(Scoring.SCORE, Definition.of(Map.of()));
    return outline(bound, rows, columns, inputs(joined));
  }

  /** What decides the values of each column of the joined rows. */
  private static SortedMap<String, Definition> joinedColumns(
      JoinedRows joined, List<StageOutline> earlier) {
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String column : joined.kept()) {
      columns.put(column, Definition.of(Map.of()).reading(StageId.clean(), List.of(column)));
    }
    for (JoinedRows.Group group : joined.groups()) {
      StageId features = StageId.features(group.group().name());
      SortedMap<String, Definition> made =
          earlier.stream()
              .filter(stage -> stage.id().equals(features))
              .findFirst()
              .orElseThrow()
              .columns();
      for (String column : group.features()) {
        columns.put(
            column,
            Definition.of(withoutWindow(made.get(column).parts()))
                .reading(features, List.of(column))
                .reading(StageId.clean(), group.group().entity()));
      }
    }
    return columns;
  }

  /**
   * Where there is no row of features, the definition of a feature alone says what its column
   * holds, over all windows the same.
   */
  private static SortedMap<String, String> withoutWindow(SortedMap<String, String> parts) {
    SortedMap<String, String> others = new TreeMap<>(parts);
    others.keySet().removeIf(part -> part.endsWith(".window"));
    return others;
  }

  private static List<StageInput> inputs(JoinedRows joined) {
    List<StageInput> inputs = new ArrayList<>();
    inputs.add(new StageInput.SameDay(StageId.clean()));
    for (JoinedRows.Group group : joined.groups()) {
      inputs.add(new StageInput.Window(StageId.features(group.group().name()), 1, 1));
    }
    return inputs;
  }

  private static StageOutline outline(
      BoundScoring bound,
      Definition rows,
      SortedMap<String, Definition> columns,
      List<StageInput> inputs) {
    return new StageOutline(
        StageId.score(),
        VERSION,
        rows,
        columns,
        inputs,
        new TreeMap<>(Map.of("score.model", bound.modelFingerprint())));
  }
}
