package io.millrace.learn.prepare;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as names of columns and classes have them. */
final class NumberText {
  private static final double ALL_WHOLE_BELOW = 1e15;

  private NumberText() {}

  /** Without the point where it is whole. */
  static String of(double value) {
    return value == Math.rint(value) && Math.abs(value) < ALL_WHOLE_BELOW
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** To six digits. */
  static String shortly(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
