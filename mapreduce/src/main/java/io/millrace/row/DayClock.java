package io.millrace.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Which calendar day an instant falls on in the pipeline's zone. Remembers the offset from UTC and
 * how long it holds, rather than a day's bounds: where clocks go back over midnight, a day is
 * interrupted by the one before. Not thread-safe.
 */
public final class DayClock {
  private static final long MILLIS_PER_DAY = 86_400_000;

  private final ZoneId zone;
  private final ZoneRules rules;
  private long offsetMillis;

  /** From when on, and until before when, the offset holds. */
  private long firstMillis = 1;

  private long endMillis;

  private long lastDay = Long.MIN_VALUE;
  private long endOfLastDay;

  public DayClock(ZoneId zone) {
    this.zone = zone;
    rules = zone.getRules();
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
      case TIMESTAMP_MILLIS -> (endOfDay(epochDayOfMillis(value)) - value) * 1000;
      case TIMESTAMP_MICROS ->
          endOfDay(epochDayOfMillis(Math.floorDiv(value, 1000L))) * 1000 - value;
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

  private long endOfDay(long day) {
    if (day != lastDay) {
      lastDay = day;
      endOfLastDay = startOfDay(day + 1);
    }
    return endOfLastDay;
  }

  private long epochDayOfMillis(long millis) {
    if (millis < firstMillis || millis >= endMillis) {
      findOffset(Instant.ofEpochMilli(millis));
    }
    return Math.floorDiv(millis + offsetMillis, MILLIS_PER_DAY);
  }

  private void findOffset(Instant instant) {
    offsetMillis = rules.getOffset(instant).getTotalSeconds() * 1000L;
    ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    firstMillis = before == null ? Long.MIN_VALUE : before.getInstant().toEpochMilli();
    endMillis = after == null ? Long.MAX_VALUE : after.getInstant().toEpochMilli();
  }
}
