package io.millrace.expression.runtime;

import java.nio.charset.StandardCharsets;

/**
 * Dates and timestamps as text: {@code 2026-11-21}, {@code 2026-11-21 03:00}, {@code
 * 2026-11-21T03:00:00.123456+02:00}. Without an offset, a time is the calendar's zone's.
 */
public final class TimestampText {
  private static final String DATE_FORM = "yyyy-mm-dd";
  private static final String TIMESTAMP_FORM = "yyyy-mm-dd hh:mm:ss, with or without an offset";

  private final byte[] text;
  private final String type;
  private final String form;
  private int at;

  private TimestampText(byte[] text, String type, String form) {
    this.text = text;
    this.type = type;
    this.form = form;
  }

  /**
   * Days since 1970-01-01.
   *
   * @throws IllegalArgumentException where the text is not a date
   */
  public static long day(byte[] text) {
    TimestampText reader = new TimestampText(text, "DATE", DATE_FORM);
    long day = reader.day();
    reader.expectEnd();
    return day;
  }

  /**
   * Milliseconds since 1970-01-01T00:00Z.
   *
   * @throws IllegalArgumentException where the text is not a timestamp, has finer digits, or names
   *     a time that clocks skip
   */
  public static long millis(byte[] text, ZoneCalendar calendar) {
    return new TimestampText(text, "TIMESTAMP", TIMESTAMP_FORM).timestamp(3, calendar);
  }

  /** The same in microseconds. */
  public static long micros(byte[] text, ZoneCalendar calendar) {
    return new TimestampText(text, "TIMESTAMP", TIMESTAMP_FORM).timestamp(6, calendar);
  }

  private long timestamp(int fractionDigits, ZoneCalendar calendar) {
    long day = day();
    if (at == text.length) {
      return calendar.startOfDay(day) * Decimals.power(fractionDigits);
    }
    expectOneOf(' ', 'T');
    long hour = digits(2, 23);
    expectOneOf(':', ':');
    long minute = digits(2, 59);
    long second = 0;
    long fraction = 0;
    if (skip(':')) {
      second = digits(2, 59);
      if (skip('.')) {
        fraction = fraction(fractionDigits);
      }
    }
    long local = day * Times.SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    long instant = at == text.length ? calendar.instantOf(local) : local - offset();
    expectEnd();
    return instant * Decimals.power(fractionDigits) + fraction;
  }

  private long day() {
    long year = digits(4, 9999);
    expectOneOf('-', '-');
    long month = digits(2, 12);
    expectOneOf('-', '-');
    long dayOfMonth = digits(2, 31);
    if (month == 0 || dayOfMonth == 0 || dayOfMonth > Days.lengthOfMonth(year, month)) {
      throw unreadable("a day of the calendar");
    }
    return Days.of(year, month, dayOfMonth);
  }

  private long fraction(int wanted) {
    long value = 0;
    int count = 0;
    for (; at < text.length && isDigit(text[at]); at++, count++) {
      if (count < wanted) {
        value = value * 10 + text[at] - '0';
      } else if (text[at] != '0') {
        throw unreadable(
            wanted == 3
                ? "at most 3 digits of a second; TIMESTAMP(6) has 6"
                : "at most 6 digits of a second");
      }
    }
    if (count == 0) {
      throw unreadable(form);
    }
    return value * Decimals.power(Math.max(0, wanted - count));
  }

  /** {@code Z}, {@code +hh}, {@code +hhmm} or {@code +hh:mm}, in seconds. */
  private long offset() {
    if (skip('Z')) {
      return 0;
    }
    boolean west = skip('-');
    if (!west) {
      expectOneOf('+', '+');
    }
    long seconds = digits(2, 18) * 3600;
    if (at < text.length) {
      skip(':');
      seconds += digits(2, 59) * 60;
    }
    return west ? -seconds : seconds;
  }

  private long digits(int count, long max) {
    long value = 0;
    for (int i = 0; i < count; i++, at++) {
      if (at == text.length || !isDigit(text[at])) {
        throw unreadable(form);
      }
      value = value * 10 + text[at] - '0';
    }
    if (value > max) {
      throw unreadable(form);
    }
    return value;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  private boolean skip(char wanted) {
    boolean found = at < text.length && text[at] == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  private void expectOneOf(char one, char other) {
    if (!skip(one) && !skip(other)) {
      throw unreadable(form);
    }
  }

  private void expectEnd() {
    if (at != text.length) {
      throw unreadable(form);
    }
  }

  private IllegalArgumentException unreadable(String expected) {
    return TextParsing.unreadable(new String(text, StandardCharsets.UTF_8), type, expected);
  }
}
