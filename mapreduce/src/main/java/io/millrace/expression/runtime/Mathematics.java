package io.millrace.expression.runtime;

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
