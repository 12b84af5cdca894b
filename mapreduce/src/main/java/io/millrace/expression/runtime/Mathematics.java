package io.millrace.expression.runtime;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Functions of DOUBLE whose result must be a finite number. All are {@link StrictMath}'s: its bits
 * are the same on every machine, those of {@link Math} are not.
 */
public final class Mathematics {
  private Mathematics() {}

  public static double ln(double x) {
    return checkedResult(StrictMath.log(x), "LN", x);
  }

  public static double log10(double x) {
    return checkedResult(StrictMath.log10(x), "LOG10", x);
  }

  /** Exact where x is a whole power of the base. */
  public static double log(double base, double x) {
    double result = StrictMath.log(x) / StrictMath.log(base);
    double whole = Math.rint(result);
    boolean isExact = Math.abs(result - whole) < 1e-9 && StrictMath.pow(base, whole) == x;
    if (!(Math.abs(result) <= Double.MAX_VALUE) || base <= 0) {
      throw new ArithmeticException(
          "LOG to base %s of %s is not a number"
              .formatted(TextFormatting.number(base), TextFormatting.number(x)));
    }
    return isExact ? whole : result;
  }

  public static double log2(double x) {
    double result = StrictMath.log(x) / StrictMath.log(2);
    double whole = Math.rint(result);
    boolean isExact = Math.abs(result - whole) < 1e-9 && StrictMath.pow(2, whole) == x;
    return checkedResult(isExact ? whole : result, "LOG2", x);
  }

  public static double log1p(double x) {
    return checkedResult(StrictMath.log1p(x), "LOG1P", x);
  }

  public static double expm1(double x) {
    return checkedResult(StrictMath.expm1(x), "EXPM1", x);
  }

  public static double cbrt(double x) {
    return StrictMath.cbrt(x);
  }

  public static double sinh(double x) {
    return checkedResult(StrictMath.sinh(x), "SINH", x);
  }

  public static double cosh(double x) {
    return checkedResult(StrictMath.cosh(x), "COSH", x);
  }

  public static double tanh(double x) {
    return StrictMath.tanh(x);
  }

  /**
   * In which of {@code count} equal parts of a range a value lies: ISO/IEC 9075-2. Borders are
   * exact for the decimals that stand for the values.
   */
  public static long widthBucket(double x, double low, double high, long count) {
    if (count < 1 || count == Long.MAX_VALUE || low == high || !isFinite(low) || !isFinite(high)) {
      throw new ArithmeticException(
          "WIDTH_BUCKET cannot cut the range from "
              + TextFormatting.number(low)
              + " to "
              + TextFormatting.number(high)
              + " into "
              + count
              + " parts");
    }
    double from = low < high ? x : -x;
    if (from < (low < high ? low : -low)) {
      return 0;
    }
    if (from >= (low < high ? high : -high)) {
      return count + 1;
    }
    if (Double.isNaN(x)) {
      throw new ArithmeticException("WIDTH_BUCKET takes numbers, but found NaN");
    }
    BigDecimal start = Numbers.decimalOf(low);
    BigDecimal part = Numbers.decimalOf(x).subtract(start).multiply(BigDecimal.valueOf(count));
    return part.divideToIntegralValue(Numbers.decimalOf(high).subtract(start)).longValueExact() + 1;
  }

  private static boolean isFinite(double x) {
    return Math.abs(x) <= Double.MAX_VALUE;
  }

  public static double exp(double x) {
    return checkedResult(StrictMath.exp(x), "EXP", x);
  }

  public static double sqrt(double x) {
    return checkedResult(Math.sqrt(x), "SQRT", x);
  }

  public static double power(double base, double exponent) {
    double result = StrictMath.pow(base, exponent);
    if (!(Math.abs(result) <= Double.MAX_VALUE)) {
      throw new ArithmeticException(
          "POWER of %s and %s is %s"
              .formatted(
                  TextFormatting.number(base),
                  TextFormatting.number(exponent),
                  base == 0 ? "not a number" : fault(result)));
    }
    return result;
  }

  public static double sin(double x) {
    return checkedResult(StrictMath.sin(x), "SIN", x);
  }

  public static double cos(double x) {
    return checkedResult(StrictMath.cos(x), "COS", x);
  }

  public static double tan(double x) {
    return checkedResult(StrictMath.tan(x), "TAN", x);
  }

  public static double asin(double x) {
    return checkedResult(StrictMath.asin(x), "ASIN", x);
  }

  public static double acos(double x) {
    return checkedResult(StrictMath.acos(x), "ACOS", x);
  }

  public static double atan(double x) {
    return checkedResult(StrictMath.atan(x), "ATAN", x);
  }

  public static double atan2(double y, double x) {
    return checkedResult(StrictMath.atan2(y, x), "ATAN2", y);
  }

  public static double radians(double degrees) {
    return degrees / 180.0 * StrictMath.PI;
  }

  public static double degrees(double radians) {
    return checkedResult(radians * 180.0 / StrictMath.PI, "DEGREES", radians);
  }

  private static double checkedResult(double result, String function, double x) {
    if (!(Math.abs(result) <= Double.MAX_VALUE)) {
      throw new ArithmeticException(
          String.format(
              Locale.ROOT,
              "%s of %s is %s",
              function,
              TextFormatting.number(x),
              x == 0 ? "not a number" : fault(result)));
    }
    return result;
  }

  private static String fault(double result) {
    return Double.isNaN(result) ? "not a number" : "too large for DOUBLE";
  }
}
