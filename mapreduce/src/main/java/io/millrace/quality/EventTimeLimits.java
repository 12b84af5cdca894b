package io.millrace.quality;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.DayClock;
import io.millrace.row.Row;
import io.millrace.row.RowType;
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
  private final ZoneId zone;
  private final DayClock clock;
  private final LocalDate landingDate;
  private final @Nullable Integer latenessDays;
  private final long firstDay;
  private final long lastDay;

  /**
   * Limits for the records of one landing date.
   *
   * @param rows the columns of the rows that are checked
   * @param eventTime a column of a date or timestamp
   * @param latenessDays how many days before the landing date an event may lie; null for no limit
   */
  public EventTimeLimits(
      RowType rows,
      String eventTime,
      ZoneId zone,
      LocalDate landingDate,
      @Nullable Integer latenessDays) {
    Column eventTimeColumn = rows.column(eventTime);
    slot = rows.slot(eventTime);
    column = eventTimeColumn.name();
    type = eventTimeColumn.type();
    this.zone = zone;
    clock = new DayClock(zone);
    this.landingDate = landingDate;
    this.latenessDays = latenessDays;
    lastDay = landingDate.toEpochDay();
    firstDay = latenessDays == null ? Long.MIN_VALUE : lastDay - latenessDays;
  }

  /** Why the row's event time is not taken, or null. */
  public @Nullable Rejection check(Row row) {
    if (row.nulls[slot]) {
      return new Rejection(Rejection.TIME_MISSING, column + " is NULL, but it is the event time");
    }
    long day = clock.epochDay(type.kind(), row.longs[slot]);
    if (day > lastDay) {
      return new Rejection(
          Rejection.TIME_FUTURE, found(row, day) + " lies after the landing date " + landingDate);
    }
    if (day < firstDay) {
      return new Rejection(
          Rejection.TIME_LATE,
          found(row, day)
              + " lies before "
              + LocalDate.ofEpochDay(firstDay)
              + ", the earliest day that a lateness of "
              + latenessDays
              + "d allows on "
              + landingDate);
    }
    return null;
  }

  /** The value and, where it is an instant, the day that it falls on. */
  private String found(Row row, long day) {
    String value = column + " = " + ValueText.of(row, slot, type);
    return type.kind().isTimestamp()
        ? value + " (" + LocalDate.ofEpochDay(day) + " in " + zone + ")"
        : value;
  }
}
