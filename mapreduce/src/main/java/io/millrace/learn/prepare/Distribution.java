package io.millrace.learn.prepare;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Numbers in ascending order, and how often each occurs. Either exact, or each within 1 % of what
 * it stands for. At least one.
 */
final class Distribution {
  private final double[] values;
  private final long[] counts;
  private final double least;
  private final double greatest;
  private final boolean exact;

  /**
   * @param values ascending; may repeat
   * @param least the least number, exactly
   * @param greatest the greatest number, exactly
   */
  Distribution(double[] values, long[] counts, double least, double greatest, boolean exact) {
    this.values = values;
    this.counts = counts;
    this.least = least;
    this.greatest = greatest;
    this.exact = exact;
  }

  boolean isExact() {
    return exact;
  }

  boolean isConstant() {
    return least == greatest;
  }

  double least() {
    return least;
  }

  int size() {
    return values.length;
  }

  double value(int at) {
    return values[at];
  }

  long count(int at) {
    return counts[at];
  }

  /** How many numbers there are. */
  long total() {
    return Arrays.stream(counts).sum();
  }

  /** With a number added as often as it occurs. */
  Distribution with(double value, long times) {
    if (times == 0) {
      return this;
    }
    int found = Arrays.binarySearch(values, value);
    int at = found >= 0 ? found : ~found;
    double[] more = new double[values.length + 1];
    long[] moreCounts = new long[more.length];
    System.arraycopy(values, 0, more, 0, at);
    System.arraycopy(counts, 0, moreCounts, 0, at);
    more[at] = value;
    moreCounts[at] = times;
    System.arraycopy(values, at, more, at + 1, values.length - at);
    System.arraycopy(counts, at, moreCounts, at + 1, values.length - at);
    return new Distribution(
        more, moreCounts, Math.min(least, value), Math.max(greatest, value), exact);
  }

  /** After a step that keeps the order of numbers. */
  Distribution after(NumberStep step) {
    return new Distribution(
        Arrays.stream(values).map(step::apply).toArray(),
        counts,
        step.apply(least),
        step.apply(greatest),
        exact);
  }

  /**
   * The quantile that lies at {@code h = p (n - 1)} of the numbers {@code x[0] … x[n-1]}, between
   * two of them in proportion: {@code x[k] + (h - k) (x[k+1] - x[k])}, {@code k} being {@code h}
   * rounded down (type 7 of Hyndman and Fan, 1996).
   */
  double quantile(BigDecimal p) {
    long last = total() - 1;
    BigDecimal place = p.multiply(BigDecimal.valueOf(last));
    long rank = place.longValue();
    double share = place.subtract(BigDecimal.valueOf(rank)).doubleValue();
    double low = ofRank(rank, last);
    return share == 0 ? low : low + share * (ofRank(rank + 1, last) - low);
  }

  private double ofRank(long rank, long last) {
    if (rank == 0) {
      return least;
    }
    if (rank == last) {
      return greatest;
    }
    int at = 0;
    for (long below = counts[0]; below <= rank; below += counts[at]) {
      at++;
    }
    return values[at];
  }

  /** Mean and variance, in two passes. */
  Moments moments() {
    long total = total();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += counts[i] * values[i];
    }
    double mean = sum / total;
    double squares = 0;
    double rest = 0;
    for (int i = 0; i < values.length; i++) {
      double distance = values[i] - mean;
      squares += counts[i] * distance * distance;
      rest += counts[i] * distance;
    }
    // what the mean was off by through rounding
    double correction = rest / total;
    return new Moments(total, mean, Math.max(0, squares / total - correction * correction));
  }
}
