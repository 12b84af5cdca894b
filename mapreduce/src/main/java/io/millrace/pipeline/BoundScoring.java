package io.millrace.pipeline;

import io.millrace.model.ModelMemory;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.List;

/**
 * What is scored by which model.
 *
 * @param rows what is scored
 * @param memory that the model needs
 */
public record BoundScoring(
    ScoredRows rows, Scoring scoring, ScoringModel model, ModelMemory memory) {
  /**
   * Scoring of events: their rows have the columns that are kept or fed, and no others.
   *
   * @param scoring bound to all columns that there could be
   */
  static BoundScoring ofEvents(
      RowType clean,
      List<FeatureGroup> groups,
      Scoring scoring,
      ScoringModel model,
      ModelMemory memory) {
    List<String> wanted = new ArrayList<>(scoring.keep());
    wanted.addAll(scoring.inputs().columns());
    JoinedRows joined = JoinedRows.of(clean, groups, wanted);
    return new BoundScoring(
        new ScoredRows.Events(joined),
        new Scoring(joined.type(), scoring.inputs(), scoring.output(), scoring.keep()),
        model,
        memory);
  }

  /** The same with the rows of a join that has just these columns. */
  BoundScoring joining(JoinedRows joined) {
    return new BoundScoring(new ScoredRows.Events(joined), scoring, model, memory);
  }
}
