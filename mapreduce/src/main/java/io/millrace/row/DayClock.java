package io.millrace.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Which calendar day an instant falls on in the pipeline's zone. Remembers the last day's bounds,
 * as neighbouring records mostly share it. Not thread-safe.
 */
public final class DayClock {
  private final ZoneId zone;
  private long dayStartMillis = 1;
  private long dayEndMillis;
  private long epochDay;

  public DayClock(ZoneId zone) {
    this.zone = zone;
  }

  /** The epoch day of a DATE or timestamp value as it lies in {@link Row#longs}. */
  public long epochDay(Kind kind, long value) {
    return switch (kind) {
      case DATE -> value;
      case TIMESTAMP_MILLIS -> epochDayOfMillis(value);
      case TIMESTAMP_MICROS -> epochDayOfMillis(Math.floorDiv(value, 1000L));
      default -> throw new IllegalArgumentException("Cannot tell the day of a " + kind);
    };
  }

  /**
   * How long before the end of its day a DATE or timestamp value is, in microseconds; a DATE stands
   * for the start of its day.
   */
  public long microsToEndOfDay(Kind kind, long value) {
    return switch (kind) {
      case DATE -> {
        LocalDate day = LocalDate.ofEpochDay(value);
        yield (startOf(day.plusDays(1)) - startOf(day)) * 1000;
      }
      case TIMESTAMP_MILLIS -> {
        epochDayOfMillis(value);
        yield (dayEndMillis - value) * 1000;
      }
      case TIMESTAMP_MICROS -> {
        epochDayOfMillis(Math.floorDiv(value, 1000L));
        yield dayEndMillis * 1000 - value;
      }
      default -> throw new IllegalArgumentException("Cannot tell the day of a " + kind);
    };
  }

  /** The instant, in milliseconds, at which an epoch day begins. */
  public long startOfDay(long epochDayToStart) {
    return startOf(LocalDate.ofEpochDay(epochDayToStart));
  }

  private long startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private long epochDayOfMillis(long millis) {
    if (millis < dayStartMillis || millis >= dayEndMillis) {
      LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
      epochDay = day.toEpochDay();
      dayStartMillis = startOf(day);
      dayEndMillis = startOf(day.plusDays(1));
    }
    return epochDay;
  }
}
