package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * CAST from VARCHAR. Blanks around a value are ignored.
 *
 * @see TimestampText
 */
public final class TextParsing {
  private static final int MAX_NUMBER_LENGTH = 400;

  private TextParsing() {}

  public static boolean toBoolean(Row row, long text) {
    String word = trimmed(row, text);
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "TRUE" -> true;
      case "FALSE" -> false;
      default -> throw unreadable(word, "BOOLEAN", "TRUE or FALSE");
    };
  }

  public static long toInteger(Row row, long text) {
    long value = integer(row, text, "INTEGER");
    if (value != (int) value) {
      throw Numbers.doesNotFit(Long.toString(value), "INTEGER");
    }
    return value;
  }

  public static long toBigint(Row row, long text) {
    return integer(row, text, "BIGINT");
  }

  private static long integer(Row row, long text, String type) {
    String digits = trimmed(row, text);
    checkAlphabet(digits, "+-", type, "a whole number");
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw unreadable(digits, type, "a whole number that fits");
    }
  }

  public static long toDecimal(Row row, long text, int precision, int scale) {
    String digits = trimmed(row, text);
    String type = "DECIMAL(" + precision + ", " + scale + ")";
    checkAlphabet(digits, "+-.eE", type, "a number");
    try {
      return Decimals.ofBigDecimal(new BigDecimal(digits), precision, scale);
    } catch (NumberFormatException e) {
      throw unreadable(digits, type, "a number");
    }
  }

  public static double toDouble(Row row, long text) {
    String digits = trimmed(row, text);
    checkAlphabet(digits, "+-.eE", "DOUBLE", "a number");
    try {
      double value = Double.parseDouble(digits);
      if (Double.isInfinite(value)) {
        throw Numbers.doesNotFit(digits, "DOUBLE");
      }
      return value;
    } catch (NumberFormatException e) {
      throw unreadable(digits, "DOUBLE", "a number");
    }
  }

  /** Java reads more than SQL does: {@code 0x1p3}, {@code 1d}, digits of other scripts. */
  private static void checkAlphabet(String digits, String signs, String type, String expected) {
    if (digits.length() > MAX_NUMBER_LENGTH
        || !digits.chars().allMatch(c -> (c >= '0' && c <= '9') || signs.indexOf(c) >= 0)) {
      throw unreadable(digits, type, expected);
    }
  }

  public static long toDate(Row row, long text) {
    return TimestampText.day(trimmed(row, text).getBytes(StandardCharsets.UTF_8));
  }

  public static long toMillis(Row row, long text, ZoneCalendar calendar) {
    return TimestampText.millis(trimmedBytes(row, text), calendar);
  }

  public static long toMicros(Row row, long text, ZoneCalendar calendar) {
    return TimestampText.micros(trimmedBytes(row, text), calendar);
  }

  private static byte[] trimmedBytes(Row row, long text) {
    return trimmed(row, text).getBytes(StandardCharsets.UTF_8);
  }

  private static String trimmed(Row row, long text) {
    return Slices.string(row, text).strip();
  }

  static IllegalArgumentException unreadable(String text, String type, String expected) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new IllegalArgumentException(
        "Cannot read '" + shown + "' as " + type + ": expected " + expected);
  }
}
