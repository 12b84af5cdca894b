package io.millrace.source;

import java.nio.charset.StandardCharsets;

/**
 * A decimal number as text: {@code [+-] digits [. digits] [e [+-] digits]}, with at least one digit
 * before or behind the point. Not thread-safe.
 */
final class DecimalNumber {
  /** So many digits always fit into a long. */
  private static final int SAFE_DIGITS = 18;

  private static final int LARGEST_EXPONENT = 100_000;
  private static final long LARGEST_EXACT_INTEGER = 1L << 53;

  /** The powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private boolean negative;
  private long mantissa;
  private int digits;
  private int power;

  /** Reads a whole text; returns whether it is a number. */
  boolean read(byte[] bytes, int from, int to) {
    int at = from;
    negative = bytes[at] == '-';
    if (negative || bytes[at] == '+') {
      at++;
    }
    long value = 0;
    int first = at;
    int digit;
    while (at < to && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
      value = value * 10 + digit;
      at++;
    }
    digits = at - first;
    power = 0;
    if (at < to && bytes[at] == '.') {
      first = ++at;
      while (at < to && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
        value = value * 10 + digit;
        at++;
      }
      digits += at - first;
      power = first - at;
    }
    mantissa = value;
    return digits > 0 && (at == to || readExponent(bytes, at, to));
  }

  private boolean readExponent(byte[] bytes, int from, int to) {
    if (bytes[from] != 'e' && bytes[from] != 'E') {
      return false;
    }
    int at = from + 1;
    boolean down = at < to && bytes[at] == '-';
    if (down || (at < to && bytes[at] == '+')) {
      at++;
    }
    if (at == to) {
      return false;
    }
    int exponent = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      exponent = Math.min(exponent * 10 + digit, LARGEST_EXPONENT);
    }
    power += down ? -exponent : exponent;
    return true;
  }

  /**
   * Whether {@link #quotient()} is the number, rounded once. It is where mantissa and power of ten
   * are both exact, as IEEE 754 rounds a product or quotient correctly (W. Clinger, How to read
   * floating point numbers accurately, 1990).
   */
  boolean isSmall() {
    return digits <= SAFE_DIGITS
        && mantissa <= LARGEST_EXACT_INTEGER
        && power > -POWERS.length
        && power < POWERS.length;
  }

  /** The nearest double of a small number; zero has no sign. */
  double quotient() {
    double magnitude = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
    return negative ? 0.0 - magnitude : magnitude;
  }

  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
