package io.millrace.expression.runtime;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** DECIMAL values as unscaled {@code long}s of at most 18 digits. */
public final class Decimals {
  private static final int MAX_DIGITS = 18;

  /** Up to here a {@code long} is a {@code double} without loss. */
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private Decimals() {}

  static long power(long exponent) {
    long power = 1;
    for (long i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  public static long add(long left, long right, int precision, int scale) {
    return checked(left + right, precision, scale);
  }

  public static long subtract(long left, long right, int precision, int scale) {
    return checked(left - right, precision, scale);
  }

  /** The scale of the result is the sum of the scales. */
  public static long multiply(long left, long right, int precision, int scale) {
    long product = left * right;
    if (Math.multiplyHigh(left, right) != product >> 63) {
      throw doesNotFit(
          BigDecimal.valueOf(left).multiply(BigDecimal.valueOf(right)).scaleByPowerOfTen(-scale),
          precision,
          scale);
    }
    return checked(product, precision, scale);
  }

  private static long checked(long unscaled, int precision, int scale) {
    long limit = POWERS[precision];
    if (unscaled >= limit || unscaled <= -limit) {
      throw doesNotFit(BigDecimal.valueOf(unscaled, scale), precision, scale);
    }
    return unscaled;
  }

  private static ArithmeticException doesNotFit(BigDecimal value, int precision, int scale) {
    return Numbers.doesNotFit(value.toPlainString(), "DECIMAL(" + precision + ", " + scale + ")");
  }

  /** Another scale and precision; digits too many are rounded half away from zero. */
  public static long rescale(long value, int fromScale, int precision, int scale) {
    if (scale < fromScale) {
      return checked(divide(value, fromScale - scale, RoundingMode.HALF_UP), precision, scale);
    }
    long factor = POWERS[scale - fromScale];
    long result = value * factor;
    if (Math.multiplyHigh(value, factor) != result >> 63) {
      throw doesNotFit(BigDecimal.valueOf(value, fromScale), precision, scale);
    }
    return checked(result, precision, scale);
  }

  private static long divide(long value, int digits, RoundingMode mode) {
    long divisor = POWERS[digits];
    long quotient = value / divisor;
    long rest = Math.abs(value % divisor);
    if (rest == 0) {
      return quotient;
    }
    return switch (mode) {
      case HALF_UP -> rest >= divisor - rest ? quotient + Long.signum(value) : quotient;
      case FLOOR -> value < 0 ? quotient - 1 : quotient;
      case CEILING -> value > 0 ? quotient + 1 : quotient;
      default -> quotient;
    };
  }

  /** Compares two values of different scales without rounding. */
  public static int compare(long left, int leftScale, long right, int rightScale) {
    if (leftScale > rightScale) {
      return -compare(right, rightScale, left, leftScale);
    }
    long factor = POWERS[rightScale - leftScale];
    long scaled = left * factor;
    if (Math.multiplyHigh(left, factor) != scaled >> 63) {
      return Long.signum(left);
    }
    return Long.compare(scaled, right);
  }

  /** The nearest double. */
  public static double toDouble(long value, int scale) {
    return Math.abs(value) <= EXACT_IN_DOUBLE
        ? (double) value / POWERS[scale]
        : BigDecimal.valueOf(value, scale).doubleValue();
  }

  public static long ofDouble(double value, int precision, int scale) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw Numbers.doesNotFit(
          TextFormatting.number(value), "DECIMAL(" + precision + ", " + scale + ")");
    }
    return ofBigDecimal(Numbers.decimalOf(value), precision, scale);
  }

  static long ofBigDecimal(BigDecimal value, int precision, int scale) {
    // the exponent first: writing out 1E1000000000 would take all memory
    if (value.signum() != 0 && value.precision() - (long) value.scale() > MAX_DIGITS + 1) {
      throw Numbers.doesNotFit(value.toString(), "DECIMAL(" + precision + ", " + scale + ")");
    }
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    if (rounded.precision() > MAX_DIGITS) {
      throw doesNotFit(value, precision, scale);
    }
    return checked(rounded.unscaledValue().longValueExact(), precision, scale);
  }

  /** Cuts off what stands after the point. */
  public static long toBigint(long value, int scale) {
    return value / POWERS[scale];
  }

  public static long floor(long value, long scale) {
    return divide(value, (int) scale, RoundingMode.FLOOR);
  }

  public static long ceil(long value, long scale) {
    return divide(value, (int) scale, RoundingMode.CEILING);
  }

  /**
   * Half away from zero, to fewer digits after the point; the result has these, or none where
   * {@code digits} is negative.
   */
  public static long round(long value, long scale, long digits) {
    return cut(value, (int) scale, digits, RoundingMode.HALF_UP);
  }

  public static long truncate(long value, long scale, long digits) {
    return cut(value, (int) scale, digits, RoundingMode.DOWN);
  }

  private static long cut(long value, int scale, long digits, RoundingMode mode) {
    long dropped = scale - digits;
    if (dropped > MAX_DIGITS) {
      return 0;
    }
    return divide(value, (int) dropped, mode) * power(Math.max(-digits, 0));
  }

  private static final long[] POWERS = new long[MAX_DIGITS + 1];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power(i);
    }
  }
}
