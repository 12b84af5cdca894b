package io.millrace.schedule;

import io.millrace.plan.StageId;
import java.time.LocalDate;

/**
 * What the work of a date needs that other dates' nights make: partitions of a range of dates.
 *
 * @param of the stage whose main data set it is
 * @param first the oldest; dates before the pipeline's first are not needed
 * @param lastDaysBack how many days the newest lies before the date
 */
public record HistoryInput(StageId of, First first, int lastDaysBack) {
  /** Where a range begins. */
  public sealed interface First {
    /** So many days before the date. */
    record DaysBack(int days) implements First {}

    /** On the same day, whatever the date. */
    record On(LocalDate date) implements First {}
  }

  public HistoryInput {
    boolean isEmpty = first instanceof First.DaysBack back && back.days() < lastDaysBack;
    if (lastDaysBack < 0 || isEmpty) {
      throw new IllegalArgumentException(
          "Cannot wait for %s from %s to %d days back".formatted(of, first, lastDaysBack));
    }
  }

  public String dataSet() {
    return of.mainDataSet();
  }
}
