package io.millrace.plan;

import static java.util.Objects.requireNonNull;

import io.millrace.pipeline.BoundScoring;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.ScoredRows;
import io.millrace.pipeline.Scoring;
import io.millrace.pipeline.ScoringModel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What decides the content of scores. */
final class ScoreOutline {
  private static final int VERSION = 2;

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
    SortedMap<String, Definition> joinedColumns = JoinOutline.columns(joined, earlier);
    Definition rows =
        Definition.of(
                Map.of(
                    "score.rows", "events",
                    "score.inputs", ModelText.of(scoring.inputs()),
                    "score.output", ModelText.of(scoring.output())))
            .reading(StageId.clean(), joined.cleanColumns());
    for (String column : scoring.inputs().columns()) {
      rows = rows.and(requireNonNull(joinedColumns.get(column)));
    }
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String column : scoring.keep()) {
      columns.put(
          column,
          Definition.of(Map.of("score.keep." + column, column))
              .and(requireNonNull(joinedColumns.get(column))));
    }
    columns.put(Scoring.SCORE, Definition.of(Map.of()));
    // of what the join reads, whether it is left out or not: so nothing changes with the way
    return outline(bound, rows, columns, JoinOutline.inputs(joined));
  }

  private static StageOutline outline(
      BoundScoring bound,
      Definition rows,
      SortedMap<String, Definition> columns,
      List<StageInput> inputs) {
    return new StageOutline(
        StageId.score(), VERSION, rows, columns, inputs, external(bound.model()));
  }

  private static SortedMap<String, String> external(ScoringModel model) {
    // Java 17 has no patterns in switch
    if (model instanceof ScoringModel.File file) {
      return new TreeMap<>(Map.of(ModelReference.MODEL, file.sha256()));
    }
    if (model instanceof ScoringModel.Version version) {
      return new ModelReference(version.name(), version.version(), version.sha256()).external();
    }
    return Collections.emptySortedMap();
  }
}
