package io.millrace.learn.prepare;

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
}
