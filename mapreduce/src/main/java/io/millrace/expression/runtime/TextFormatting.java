package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;

/** CAST to VARCHAR. */
public final class TextFormatting {
  private static final double PLAIN_FROM = 1e-7;
  private static final double PLAIN_BELOW = 1e16;

  private TextFormatting() {}

  public static long ofBoolean(Row row, boolean value) {
    return Slices.ofString(row, value ? "TRUE" : "FALSE");
  }

  public static long ofBigint(Row row, long value) {
    return Slices.ofString(row, Long.toString(value));
  }

  public static long ofDecimal(Row row, long value, int scale) {
    return Slices.ofString(row, BigDecimal.valueOf(value, scale).toPlainString());
  }

  /** Always with a point: {@code 3.0}, {@code 0.25}, {@code 1.0E20}. */
  public static long ofDouble(Row row, double value) {
    String digits = number(value);
    boolean bare = digits.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    return Slices.ofString(row, bare ? digits + ".0" : digits);
  }

  /** The shortest decimal that reads back as the same REAL. */
  public static long ofReal(Row row, double value) {
    for (int digits = 6; digits < 9; digits++) {
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
      if (rounded.floatValue() == (float) value) {
        return ofDouble(row, rounded.doubleValue());
      }
    }
    return ofDouble(row, new BigDecimal(value).round(new MathContext(9)).doubleValue());
  }

  /** {@code 2026-11-21}. */
  public static long ofDate(Row row, long day) {
    StringBuilder text = new StringBuilder(10);
    appendDay(text, day);
    return Slices.ofString(row, text.toString());
  }

  /** {@code 2026-11-21 03:00:00}, with three digits more where they are not zero. */
  public static long ofMillis(Row row, long millis, ZoneCalendar calendar) {
    return ofTimestamp(row, millis, Times.MILLIS_PER_SECOND, calendar);
  }

  /** The same with six digits. */
  public static long ofMicros(Row row, long micros, ZoneCalendar calendar) {
    return ofTimestamp(row, micros, Times.MICROS_PER_SECOND, calendar);
  }

  /** In English. */
  public static long dayName(Row row, long day) {
    DayOfWeek name = DayOfWeek.of((int) Days.isoDayOfWeek(day));
    return Slices.ofString(row, name.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  public static long monthName(Row row, long day) {
    Month name = Month.of((int) Days.month(day));
    return Slices.ofString(row, name.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  private static long ofTimestamp(Row row, long value, long unitsPerSecond, ZoneCalendar calendar) {
    long seconds = Math.floorDiv(value, unitsPerSecond);
    long secondOfDay = calendar.secondOfDay(seconds);
    long fraction = Math.floorMod(value, unitsPerSecond);
    StringBuilder text = new StringBuilder(26);
    appendDay(text, calendar.localDay(seconds));
    appendPadded(text.append(' '), Times.hourOfDay(secondOfDay), 2);
    appendPadded(text.append(':'), Times.minuteOfHour(secondOfDay), 2);
    appendPadded(text.append(':'), Times.secondOfMinute(secondOfDay), 2);
    if (fraction != 0) {
      appendPadded(text.append('.'), fraction, Long.toString(unitsPerSecond).length() - 1);
    }
    return Slices.ofString(row, text.toString());
  }

  private static void appendDay(StringBuilder text, long day) {
    appendPadded(text, Days.year(day), 4);
    appendPadded(text.append('-'), Days.month(day), 2);
    appendPadded(text.append('-'), Days.dayOfMonth(day), 2);
  }

  private static void appendPadded(StringBuilder text, long number, int digits) {
    String magnitude = Long.toString(Math.abs(number));
    text.append(number < 0 ? "-" : "")
        .append("0".repeat(Math.max(0, digits - magnitude.length())))
        .append(magnitude);
  }

  /** The shortest decimal: {@code 3}, {@code 0.25}, {@code 1.0E20}. */
  static String number(double value) {
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return "0";
    }
    if (!(magnitude <= Double.MAX_VALUE)) {
      return Double.toString(value);
    }
    BigDecimal shortest = Numbers.decimalOf(value).stripTrailingZeros();
    if (magnitude >= PLAIN_FROM && magnitude < PLAIN_BELOW) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String fraction = digits.length() == 1 ? "0" : digits.substring(1);
    return (value < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "E" + exponent;
  }
}
