package io.millrace.quality;

import io.millrace.row.ColumnType;
import io.millrace.row.DayClock;
import io.millrace.row.Row;
import io.millrace.row.ValueText;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Which event days a landing date takes: none after it, and none earlier than its lateness allows.
 * Days count in the pipeline's zone, lateness from the landing date. Not thread-safe.
 */
public final class EventTimeLimits {
  private final int slot;
  private final String column;
  private final ColumnType type;
  private final DayClock clock;
  private final LocalDate landingDate;
  private final long earliestDay;

  /**
   * Limits for the records of one landing date.
   *
   * @param slot of the event time
   * @param lateness days; {@link Integer#MAX_VALUE} for no limit
   */
  public EventTimeLimits(
      int slot, String column, ColumnType type, ZoneId zone, LocalDate landingDate, int lateness) {
    this.slot = slot;
    this.column = column;
    this.type = type;
    clock = new DayClock(zone);
    this.landingDate = landingDate;
    earliestDay =
        lateness == Integer.MAX_VALUE ? Long.MIN_VALUE : landingDate.toEpochDay() - lateness;
  }

  /** Why the row's event time is not taken, or null. */
  public @Nullable Rejection check(Row row) {
    if (row.nulls[slot]) {
      return new Rejection(Rejection.TIME_MISSING, column + " is NULL, but it is the event time");
    }
    long day = clock.epochDay(type.kind(), row.longs[slot]);
    if (day > landingDate.toEpochDay()) {
      return new Rejection(
          Rejection.TIME_FUTURE,
          "%s = %s lies after the landing date %s"
              .formatted(column, ValueText.of(row, slot, type), landingDate));
    }
    if (day < earliestDay) {
      return new Rejection(
          Rejection.TIME_LATE,
          "%s = %s lies before %s, the earliest day that the lateness of %d days allows on %s"
              .formatted(
                  column,
                  ValueText.of(row, slot, type),
                  LocalDate.ofEpochDay(earliestDay),
                  landingDate.toEpochDay() - earliestDay,
                  landingDate));
    }
    return null;
  }
}
