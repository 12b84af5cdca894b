package io.millrace.source;

import io.millrace.expression.runtime.TimePattern;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Arrays;

/**
 * A pattern of {@link DateTimeFormatter}: English names in any case, no day that the calendar
 * lacks, {@code y} means the same as {@code u}. Without a time the day's start is meant, without a
 * zone the pipeline's. Remembers the last text.
 */
final class PatternTimestamp implements TimestampFormat {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final DateTimeFormatter formatter;
  private final LocalTimes localTimes;
  private byte[] lastText = new byte[0];
  private long lastMicros = MISMATCH;

  /**
   * @throws IllegalArgumentException for what is no pattern
   */
  PatternTimestamp(String pattern, LocalTimes localTimes) {
    this.formatter = TimePattern.formatter(pattern);
    this.localTimes = localTimes;
  }

  @Override
  public long micros(byte[] bytes, int from, int to) {
    if (!Arrays.equals(lastText, 0, lastText.length, bytes, from, to)) {
      lastText = Arrays.copyOfRange(bytes, from, to);
      lastMicros = parse(new String(lastText, StandardCharsets.UTF_8));
    }
    return lastMicros;
  }

  private long parse(String text) {
    // most texts of another pattern are told apart without the price of an exception
    ParsePosition position = new ParsePosition(0);
    if (formatter.parseUnresolved(text, position) == null
        || position.getErrorIndex() >= 0
        || position.getIndex() < text.length()) {
      return MISMATCH;
    }
    try {
      return micros(formatter.parse(text));
    } catch (DateTimeException e) {
      return MISMATCH;
    }
  }

  private long micros(TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date == null || date.getYear() < 0 || date.getYear() > 9999) {
      return MISMATCH;
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    long nanoOfDay = time == null ? 0 : time.toNanoOfDay();
    long local = date.toEpochDay() * 86_400 + nanoOfDay / NANOS_PER_SECOND;
    ZoneId zone = parsed.query(TemporalQueries.zone());
    long epochSecond;
    if (zone == null) {
      epochSecond = localTimes.epochSecond(local);
    } else if (zone instanceof ZoneOffset offset) {
      epochSecond = local - offset.getTotalSeconds();
    } else {
      epochSecond = new LocalTimes(zone).epochSecond(local);
    }
    return epochSecond == LocalTimes.SKIPPED
        ? SKIPPED
        : epochSecond * MICROS_PER_SECOND + nanoOfDay % NANOS_PER_SECOND / 1000;
  }
}
