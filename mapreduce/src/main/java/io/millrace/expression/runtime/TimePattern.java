package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Days and moments as text in a pattern of {@link DateTimeFormatter}: English names in any case, no
 * day that the calendar lacks, {@code y} means the same as {@code u}. Without a time the day's
 * start is meant, without a zone the calendar's. Lies in the row's constants and is read at first
 * use.
 */
public final class TimePattern {
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2021, 12, 31, 16, 45, 56, 0, ZoneOffset.UTC);
  private static final String TIME_LETTERS = "HhKkmsSnNAaB";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAX_YEAR = 9999;

  private final long constant;
  private String pattern = "";
  private @Nullable DateTimeFormatter formatter;

  public TimePattern(long constant) {
    this.constant = constant;
  }

  /**
   * The formatter of a pattern.
   *
   * @throws IllegalArgumentException for what is no pattern
   */
  public static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(withProlepticYears(pattern))
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** A strict resolver wants an era beside {@code y}, which nobody writes. */
  private static String withProlepticYears(String pattern) {
    StringBuilder proleptic = new StringBuilder(pattern);
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char letter = pattern.charAt(i);
      if (letter == '\'') {
        quoted = !quoted;
      } else if (!quoted && letter == 'G') {
        return pattern;
      } else if (!quoted && letter == 'y') {
        proleptic.setCharAt(i, 'u');
      }
    }
    return proleptic.toString();
  }

  private static String letters(String pattern) {
    return pattern.replaceAll("'[^']*'", "");
  }

  /** Why a pattern cannot be used to write days, or moments; or nothing. */
  public static Optional<String> faultOfWriting(String pattern, boolean ofDays) {
    if (letters(pattern).contains("Y")) {
      return Optional.of(
          "Cannot use the pattern '" + pattern + "': Y is the year of a week; write yyyy");
    }
    try {
      formatter(pattern).formatTo(ofDays ? SAMPLE.toLocalDate() : SAMPLE, new StringBuilder());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("Cannot use the pattern '" + pattern + "': " + e.getMessage());
    } catch (DateTimeException e) {
      return Optional.of(
          "Cannot use the pattern '" + pattern + "': a DATE has no time of day; CAST it");
    }
  }

  /** Why a pattern cannot be used to read, or nothing: a day must be in it. */
  public static Optional<String> faultOfReading(String pattern) {
    return faultOfWriting(pattern, false).or(() -> faultOfReading(pattern, formatter(pattern)));
  }

  /** Writes a moment and reads it again: a pattern may leave out what is needed to know a time. */
  private static Optional<String> faultOfReading(String pattern, DateTimeFormatter formatter) {
    String cannot = "Cannot read times with the pattern '" + pattern + "': ";
    TemporalAccessor parsed;
    try {
      parsed = formatter.parse(formatter.format(SAMPLE));
    } catch (DateTimeException e) {
      return Optional.of(cannot + "it cannot read what it writes");
    }
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date == null || !date.equals(SAMPLE.toLocalDate())) {
      return Optional.of(
          cannot
              + "it needs a year, a month and a day, as in yyyy-MM-dd"
              + (pattern.contains("MM") ? "" : "; months are MM, mm are minutes"));
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    boolean timeMeant = letters(pattern).chars().anyMatch(c -> TIME_LETTERS.indexOf(c) >= 0);
    return timeMeant && (time == null || time.getHour() != SAMPLE.getHour())
        ? Optional.of(
            cannot
                + "it does not say the hour of the day; HH counts 0 to 23, hh needs AM or PM (a)")
        : Optional.empty();
  }

  public long ofDay(Row row, long day, ZoneCalendar calendar) {
    return Slices.ofString(row, formatter(row).format(LocalDate.ofEpochDay(day)));
  }

  public long ofMillis(Row row, long millis, ZoneCalendar calendar) {
    return ofInstant(row, Instant.ofEpochMilli(millis), calendar);
  }

  public long ofMicros(Row row, long micros, ZoneCalendar calendar) {
    long nanos = Math.floorMod(micros, Times.MICROS_PER_SECOND) * 1000;
    return ofInstant(row, Instant.ofEpochSecond(Times.microsToSeconds(micros), nanos), calendar);
  }

  private long ofInstant(Row row, Instant instant, ZoneCalendar calendar) {
    return Slices.ofString(row, formatter(row).format(instant.atZone(calendar.zone())));
  }

  public long toDay(Row row, long text, ZoneCalendar calendar) {
    return date(row, text, parsed(row, text, "DATE"), "DATE").toEpochDay();
  }

  public long toMillis(Row row, long text, ZoneCalendar calendar) {
    return Math.floorDiv(toMicros(row, text, calendar), 1000L);
  }

  public long toMicros(Row row, long text, ZoneCalendar calendar) {
    TemporalAccessor parsed = parsed(row, text, "TIMESTAMP");
    LocalDate date = date(row, text, parsed, "TIMESTAMP");
    LocalTime time = parsed.query(TemporalQueries.localTime());
    long nanoOfDay = time == null ? 0 : time.toNanoOfDay();
    ZoneId zone = parsed.query(TemporalQueries.zone());
    long seconds;
    if (time == null && zone == null) {
      seconds = calendar.startOfDay(date.toEpochDay());
    } else {
      long local =
          date.toEpochDay() * Times.SECONDS_PER_DAY + Math.floorDiv(nanoOfDay, NANOS_PER_SECOND);
      seconds = (zone == null ? calendar : new ZoneCalendar(zone.getId())).instantOf(local);
    }
    return seconds * Times.MICROS_PER_SECOND + nanoOfDay % NANOS_PER_SECOND / 1000;
  }

  private LocalDate date(Row row, long text, TemporalAccessor parsed, String type) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date == null || date.getYear() < 0 || date.getYear() > MAX_YEAR) {
      throw unreadable(row, text, type);
    }
    return date;
  }

  private TemporalAccessor parsed(Row row, long text, String type) {
    try {
      return formatter(row).parse(Slices.string(row, text).strip());
    } catch (DateTimeException e) {
      throw unreadable(row, text, type);
    }
  }

  private IllegalArgumentException unreadable(Row row, long text, String type) {
    return TextParsing.unreadable(Slices.string(row, text), type, "the pattern " + pattern);
  }

  private DateTimeFormatter formatter(Row row) {
    DateTimeFormatter used = formatter;
    if (used == null) {
      pattern = Slices.string(row, constant);
      used = formatter(pattern);
      formatter = used;
    }
    return used;
  }
}
