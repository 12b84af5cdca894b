package io.millrace.expression.runtime;

import static io.millrace.expression.runtime.Times.SECONDS_PER_DAY;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Instants as clocks and calendars of one zone show them. Remembers the offset from UTC and how
 * long it holds, as neighbouring records mostly share it. Not thread-safe.
 */
public final class ZoneCalendar {
  private final ZoneId zone;
  private final ZoneRules rules;
  private long offset;

  /** The seconds from which on, and before which, {@link #offset} holds. */
  private long validFrom = Long.MAX_VALUE;

  private long validUntil = Long.MIN_VALUE;

  public ZoneCalendar(String zone) {
    this.zone = ZoneId.of(zone);
    this.rules = this.zone.getRules();
    if (rules.isFixedOffset()) {
      offset = rules.getOffset(Instant.EPOCH).getTotalSeconds();
      validFrom = Long.MIN_VALUE;
      validUntil = Long.MAX_VALUE;
    }
  }

  ZoneId zone() {
    return zone;
  }

  public long localDay(long seconds) {
    return Math.floorDiv(localSeconds(seconds), SECONDS_PER_DAY);
  }

  public long secondOfDay(long seconds) {
    return Math.floorMod(localSeconds(seconds), SECONDS_PER_DAY);
  }

  /** Seconds since 1970-01-01T00:00 on local clocks. Remembers the offset. */
  long localSeconds(long seconds) {
    if (seconds < validFrom || seconds >= validUntil) {
      Instant instant = Instant.ofEpochSecond(seconds);
      offset = rules.getOffset(instant).getTotalSeconds();
      ZoneOffsetTransition previous = rules.previousTransition(instant.plusSeconds(1));
      ZoneOffsetTransition next = rules.nextTransition(instant);
      validFrom = previous == null ? Long.MIN_VALUE : previous.toEpochSecond();
      validUntil = next == null ? Long.MAX_VALUE : next.toEpochSecond();
    }
    return seconds + offset;
  }

  /** Whether the remembered offset is the only one that local clocks could have at that time. */
  private boolean isUnambiguous(long seconds) {
    return rules.isFixedOffset()
        || (seconds - SECONDS_PER_DAY >= validFrom && seconds + SECONDS_PER_DAY < validUntil);
  }

  /**
   * The instant of a local time. The earlier one where clocks show it twice.
   *
   * @throws IllegalArgumentException where clocks skip it
   */
  long instantOf(long localSeconds) {
    long guess = localSeconds - offset;
    if (isUnambiguous(guess)) {
      return guess;
    }
    LocalDateTime local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new IllegalArgumentException(
          local.toString().replace('T', ' ') + " does not exist in " + zone + ": clocks skip it");
    }
    long instant = localSeconds - offsets.get(0).getTotalSeconds();
    localSeconds(instant);
    return instant;
  }

  /** When a local day begins, in seconds. */
  public long startOfDay(long day) {
    long local = day * SECONDS_PER_DAY;
    long guess = local - offset;
    if (isUnambiguous(guess)) {
      return guess;
    }
    LocalDateTime midnight = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    long start = midnight.toLocalDate().atStartOfDay(zone).toEpochSecond();
    localSeconds(start);
    return start;
  }

  public long startOfHour(long seconds) {
    return seconds - Math.floorMod(localSeconds(seconds), 3600L);
  }

  public long startOfMinute(long seconds) {
    return seconds - Math.floorMod(localSeconds(seconds), 60L);
  }

  /** The same local time on another day; where clocks skip it, later by what they skip. */
  public long plusDaysMillis(long millis, long days) {
    return plusDays(millis, days, Times.MILLIS_PER_SECOND);
  }

  public long plusDaysMicros(long micros, long days) {
    return plusDays(micros, days, Times.MICROS_PER_SECOND);
  }

  private long plusDays(long value, long days, long unitsPerSecond) {
    long seconds = Math.floorDiv(value, unitsPerSecond);
    long day = localDay(seconds);
    return moved(value, seconds, Days.plusDays(day, days) - day, unitsPerSecond);
  }

  /** The same day of another month, or that month's last one. */
  public long plusMonthsMillis(long millis, long months) {
    return plusMonths(millis, months, Times.MILLIS_PER_SECOND);
  }

  public long plusMonthsMicros(long micros, long months) {
    return plusMonths(micros, months, Times.MICROS_PER_SECOND);
  }

  private long plusMonths(long value, long months, long unitsPerSecond) {
    long seconds = Math.floorDiv(value, unitsPerSecond);
    long day = localDay(seconds);
    return moved(value, seconds, Days.plusMonths(day, months) - day, unitsPerSecond);
  }

  private long moved(long value, long seconds, long days, long unitsPerSecond) {
    long moved = seconds + days * SECONDS_PER_DAY;
    if (!isUnambiguous(moved)) {
      moved =
          ZonedDateTime.ofInstant(Instant.ofEpochSecond(seconds), zone)
              .plusDays(days)
              .toEpochSecond();
    }
    return Times.scaled(moved, unitsPerSecond) + Math.floorMod(value, unitsPerSecond);
  }

  /** Whole local days from one instant to another: 24 hours unless the clocks were changed. */
  public long daysBetweenMicros(long from, long to) {
    return (localMicros(to) - localMicros(from)) / (SECONDS_PER_DAY * Times.MICROS_PER_SECOND);
  }

  public long monthsBetweenMicros(long from, long to) {
    long first = localMicros(from);
    long last = localMicros(to);
    long perDay = SECONDS_PER_DAY * Times.MICROS_PER_SECOND;
    long lastDay = Math.floorDiv(last, perDay);
    long rest = Math.floorMod(last, perDay) - Math.floorMod(first, perDay);
    // the last day counts only where its time of day was reached
    if (to > from && rest < 0) {
      lastDay--;
    } else if (to < from && rest > 0) {
      lastDay++;
    }
    return Days.monthsBetween(Math.floorDiv(first, perDay), lastDay);
  }

  private long localMicros(long micros) {
    long seconds = Math.floorDiv(micros, Times.MICROS_PER_SECOND);
    return micros + (localSeconds(seconds) - seconds) * Times.MICROS_PER_SECOND;
  }
}
