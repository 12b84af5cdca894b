package io.millrace.schedule;

import io.millrace.plan.StageId;
import java.util.List;

/**
 * What a night does for its landing date, once the input of the date is there.
 *
 * @param history of earlier dates, one a data set
 * @param makes the stages whose partitions of the date it makes, in the order of the pipeline
 * @param mayLackModel whether it scores with a model of which there may be no version yet: then it
 *     makes all but the scores
 */
public record Night(
    Block work, List<HistoryInput> history, List<StageId> makes, boolean mayLackModel) {
  public Night {
    history = List.copyOf(history);
    makes = List.copyOf(makes);
  }
}
