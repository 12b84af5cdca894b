package io.millrace.source;

import io.millrace.expression.runtime.TimePattern;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Optional;

/**
 * Timestamps in the first of several formats that fits. Digits beyond the column's precision are
 * cut off, towards the past.
 */
public final class TimestampParser implements FieldParser {
  /** Instead of a pattern: seconds since 1970-01-01T00:00Z. */
  public static final String EPOCH_SECONDS = "epoch_seconds";

  /** Instead of a pattern: milliseconds since 1970-01-01T00:00Z. */
  public static final String EPOCH_MILLIS = "epoch_millis";

  private static final String TIME_LETTERS = "HhKkmsSnNAaB";

  private final boolean millis;
  private final TimestampFormat[] formats;
  private final List<String> patterns;
  private final ZoneId zone;
  private boolean skipped;

  TimestampParser(Kind kind, List<String> patterns, ZoneId zone) {
    this.millis = kind == Kind.TIMESTAMP_MILLIS;
    this.patterns = List.copyOf(patterns);
    this.zone = zone;
    LocalTimes localTimes = new LocalTimes(zone);
    formats =
        patterns.isEmpty()
            ? new TimestampFormat[] {new IsoTimestamp(localTimes)}
            : patterns.stream()
                .map(pattern -> format(pattern, localTimes))
                .toArray(TimestampFormat[]::new);
  }

  private static TimestampFormat format(String pattern, LocalTimes localTimes) {
    return switch (pattern) {
      case EPOCH_SECONDS -> EpochTimestamp.ofSeconds();
      case EPOCH_MILLIS -> EpochTimestamp.ofMillis();
      default -> new PatternTimestamp(pattern, localTimes);
    };
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    skipped = false;
    for (TimestampFormat format : formats) {
      long micros = format.micros(bytes, from, to);
      if (micros == TimestampFormat.SKIPPED) {
        skipped = true;
      } else if (micros != TimestampFormat.MISMATCH) {
        row.setLong(slot, millis ? Math.floorDiv(micros, 1000L) : micros);
        return true;
      }
    }
    return false;
  }

  @Override
  public String expected() {
    if (skipped) {
      return "a TIMESTAMP that the clocks of " + zone + " show: they skip this one";
    }
    return patterns.isEmpty()
        ? "TIMESTAMP in ISO 8601 as 2026-11-21T08:26:00Z"
        : "TIMESTAMP as " + String.join(" or ", patterns);
  }

  /** What is wrong with a format of timestamps, or nothing. */
  public static Optional<String> check(String pattern) {
    if (pattern.equals(EPOCH_SECONDS) || pattern.equals(EPOCH_MILLIS)) {
      return Optional.empty();
    }
    DateTimeFormatter formatter;
    try {
      formatter = TimePattern.formatter(pattern);
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "Cannot use timestamp pattern '%s': %s; expected one like yyyy-MM-dd HH:mm:ss, %s or %s"
              .formatted(pattern, e.getMessage(), EPOCH_SECONDS, EPOCH_MILLIS));
    }
    return check(pattern, formatter);
  }

  /** Writes a moment and reads it again: a pattern may leave out what is needed to know a time. */
  private static Optional<String> check(String pattern, DateTimeFormatter formatter) {
    ZonedDateTime sample = ZonedDateTime.of(2021, 12, 31, 16, 45, 56, 0, ZoneOffset.UTC);
    TemporalAccessor parsed;
    try {
      parsed = formatter.parse(formatter.format(sample));
    } catch (DateTimeException e) {
      return Optional.of(
          "Cannot use timestamp pattern '%s': it cannot read what it writes (%s)"
              .formatted(pattern, e.getMessage()));
    }
    if (parsed.query(TemporalQueries.localDate()) == null) {
      return Optional.of(
          "Cannot use timestamp pattern '%s': it needs a year, a month and a day, as in yyyy-MM-dd"
              .formatted(pattern));
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    boolean timeMeant =
        !pattern.replaceAll("'[^']*'", "").chars().allMatch(c -> TIME_LETTERS.indexOf(c) < 0);
    if (timeMeant && (time == null || time.getHour() != sample.getHour())) {
      return Optional.of(
          "Cannot use timestamp pattern '%s': it does not say the hour of the day; HH counts 0 to 23, hh needs AM or PM (a)"
              .formatted(pattern));
    }
    return Optional.empty();
  }
}
