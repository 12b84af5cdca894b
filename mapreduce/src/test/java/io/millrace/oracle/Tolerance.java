package io.millrace.oracle;

import java.util.Locale;

/**
 * How far two values of a column may lie apart.
 *
 * @param relative of floating-point values and, beyond {@code exactTo}, of whole ones
 * @param exactTo whole numbers up to this must be equal
 */
record Tolerance(double relative, long exactTo) {
  static final Tolerance EXACT = new Tolerance(0, Long.MAX_VALUE);

  /** Sums, means and deviations: DuckDB's own rounding. */
  static final Tolerance ROUNDED = new Tolerance(1e-9, Long.MAX_VALUE);

  /** What single precision leaves. */
  static final Tolerance SCORE = new Tolerance(1e-5, Long.MAX_VALUE);

  /** One percent, and the rounding of a bucket's value. */
  private static final double PERCENTILE = 0.01 + 1e-9;

  /** Five standard errors. */
  private static final double DISTINCT = 5 * 0.0157;

  private static final long DISTINCT_EXACT_TO = 4096;

  /** Of an aggregate's SQL. */
  static Tolerance of(String sql) {
    String text = sql.strip().toUpperCase(Locale.ROOT);
    if (text.matches("(MIN|MAX|FIRST|LAST|MODE)\\s*\\([^()]*\\)")) {
      return EXACT;
    }
    int percentiles = text.split("PERCENTILE\\s*\\(", -1).length - 1;
    int distincts = text.split("APPROX_COUNT_DISTINCT\\s*\\(", -1).length - 1;
    return new Tolerance(
        1e-9 + percentiles * PERCENTILE * 1.01 + (distincts > 0 ? distincts * DISTINCT : 0),
        distincts > 0 ? DISTINCT_EXACT_TO : Long.MAX_VALUE);
  }

  /** Of a product or quotient of both. */
  Tolerance plus(Tolerance other) {
    return new Tolerance(1.02 * (relative + other.relative), Math.min(exactTo, other.exactTo));
  }

  boolean isMet(Object ours, Object oracles) {
    if (ours == null || oracles == null) {
      return ours == oracles;
    }
    if (ours.equals(oracles)) {
      return true;
    }
    if (ours instanceof Double a && oracles instanceof Number b) {
      return near(a, b.doubleValue());
    }
    return ours instanceof Long a
        && oracles instanceof Long b
        && Math.abs(b) > exactTo
        && near(a, b);
  }

  private boolean near(double a, double b) {
    return a == b || Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));
  }
}
