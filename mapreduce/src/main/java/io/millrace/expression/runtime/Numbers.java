package io.millrace.expression.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Arithmetic on INTEGER, BIGINT and DOUBLE. Exact numbers that do not fit are errors. */
public final class Numbers {
  private static final int MAX_SIGNIFICANT_DIGITS = 17;
  private static final int SAFE_DIGITS = 15;

  /** Within these bounds a product with a power of ten is off by less than {@link #TIE_MARGIN}. */
  private static final double ROUNDING_LIMIT = 1e9;

  private static final double TIE_MARGIN = 1e-6;

  private Numbers() {}

  public static long addInteger(long left, long right) {
    return checkedInteger(left + right, left, "+", right);
  }

  public static long subtractInteger(long left, long right) {
    return checkedInteger(left - right, left, "-", right);
  }

  public static long multiplyInteger(long left, long right) {
    return checkedInteger(left * right, left, "*", right);
  }

  private static long checkedInteger(long result, long left, String operator, long right) {
    if (result != (int) result) {
      throw overflow(left, operator, right, "INTEGER");
    }
    return result;
  }

  public static long addBigint(long left, long right) {
    long result = left + right;
    if (((left ^ result) & (right ^ result)) < 0) {
      throw overflow(left, "+", right, "BIGINT");
    }
    return result;
  }

  public static long subtractBigint(long left, long right) {
    long result = left - right;
    if (((left ^ right) & (left ^ result)) < 0) {
      throw overflow(left, "-", right, "BIGINT");
    }
    return result;
  }

  public static long multiplyBigint(long left, long right) {
    long result = left * right;
    if (Math.multiplyHigh(left, right) != result >> 63) {
      throw overflow(left, "*", right, "BIGINT");
    }
    return result;
  }

  /** Cut off; the divisor is not 0. */
  public static long divideBigint(long left, long right) {
    if (left == Long.MIN_VALUE && right == -1) {
      throw overflow(left, "/", right, "BIGINT");
    }
    return left / right;
  }

  public static long bitAnd(long left, long right) {
    return left & right;
  }

  public static long bitOr(long left, long right) {
    return left | right;
  }

  public static long bitXor(long left, long right) {
    return left ^ right;
  }

  public static long bitCount(long value) {
    return Long.bitCount(value);
  }

  private static ArithmeticException overflow(long left, String operator, long right, String type) {
    return new ArithmeticException(
        left + " " + operator + " " + right + " does not fit into " + type);
  }

  static ArithmeticException doesNotFit(String value, String type) {
    return new ArithmeticException(value + " does not fit into " + type);
  }

  public static long toInteger(long value) {
    if (value != (int) value) {
      throw doesNotFit(Long.toString(value), "INTEGER");
    }
    return value;
  }

  public static long negateInteger(long value) {
    return toInteger(-value);
  }

  public static long negateBigint(long value) {
    if (value == Long.MIN_VALUE) {
      throw doesNotFit("-(" + value + ")", "BIGINT");
    }
    return -value;
  }

  /** Gives 0 for 0, never -0. */
  public static double negateDouble(double value) {
    return 0.0 - value;
  }

  public static long absInteger(long value) {
    return value < 0 ? negateInteger(value) : value;
  }

  public static long absBigint(long value) {
    return value < 0 ? negateBigint(value) : value;
  }

  public static double absDouble(double value) {
    return Math.abs(value);
  }

  public static long signBigint(long value) {
    return Long.signum(value);
  }

  public static double signDouble(double value) {
    return Math.signum(value);
  }

  public static double floorDouble(double value) {
    return Math.floor(value);
  }

  public static double ceilDouble(double value) {
    return Math.ceil(value);
  }

  /** Half away from zero, to {@code digits} after the point; negative ones lie before it. */
  public static long roundBigint(long value, long digits) {
    return atDigits(value, digits, RoundingMode.HALF_UP);
  }

  public static long truncateBigint(long value, long digits) {
    return atDigits(value, digits, RoundingMode.DOWN);
  }

  private static long atDigits(long value, long digits, RoundingMode mode) {
    if (digits >= 0) {
      return value;
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale((int) Math.max(digits, -20), mode);
    try {
      return rounded.longValueExact();
    } catch (ArithmeticException e) {
      throw (ArithmeticException) doesNotFit(rounded.toPlainString(), "BIGINT").initCause(e);
    }
  }

  /** Half away from zero of the shortest decimal that stands for the value. */
  public static double roundDouble(double value, long digits) {
    double magnitude = Math.abs(value);
    if (digits >= 0 && digits <= 9) {
      double factor = Decimals.power(digits);
      double shifted = magnitude * factor;
      double whole = Math.floor(shifted);
      double rest = shifted - whole;
      if (shifted < ROUNDING_LIMIT && Math.abs(rest - 0.5) > TIE_MARGIN) {
        return Math.copySign((rest > 0.5 ? whole + 1 : whole) / factor, value) + 0.0;
      }
    }
    return atDigits(value, digits, RoundingMode.HALF_UP, magnitude);
  }

  public static double truncateDouble(double value, long digits) {
    if (digits == 0) {
      return (value < 0 ? Math.ceil(value) : Math.floor(value)) + 0.0;
    }
    return atDigits(value, digits, RoundingMode.DOWN, Math.abs(value));
  }

  private static double atDigits(double value, long digits, RoundingMode mode, double magnitude) {
    if (!(magnitude <= Double.MAX_VALUE) || digits > 400) {
      return value;
    }
    return decimalOf(value).setScale((int) Math.max(digits, -400), mode).doubleValue();
  }

  /**
   * A shortest decimal that reads back as the value, the same on every JDK ({@link
   * Double#toString(double)} changed with JDK 19).
   */
  static BigDecimal decimalOf(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = SAFE_DIGITS; digits < MAX_SIGNIFICANT_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MAX_SIGNIFICANT_DIGITS, RoundingMode.HALF_EVEN));
  }

  /** Cuts off what stands after the point. */
  public static long doubleToBigint(double value) {
    if (!(value >= -0x1p63 && value < 0x1p63)) {
      throw doesNotFit(TextFormatting.number(value), "BIGINT");
    }
    return (long) value;
  }

  /** Cuts off what stands after the point. */
  public static long doubleToInteger(double value) {
    if (!(value > -0x1p31 - 1 && value < 0x1p31)) {
      throw doesNotFit(TextFormatting.number(value), "INTEGER");
    }
    return (long) value;
  }

  public static double toReal(double value) {
    float nearest = (float) value;
    if (Float.isInfinite(nearest) && !Double.isInfinite(value)) {
      throw doesNotFit(TextFormatting.number(value), "REAL");
    }
    return nearest;
  }

  /** The value, which must be finite. */
  public static double checkedFinite(double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new ArithmeticException(
          Double.isNaN(value)
              ? "the result is not a number"
              : "the result is too large for DOUBLE");
    }
    return value;
  }
}
