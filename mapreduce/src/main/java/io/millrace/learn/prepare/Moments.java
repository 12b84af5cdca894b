package io.millrace.learn.prepare;

/**
 * Mean and variance of numbers.
 *
 * @param variance that of all there is: divided by the count
 */
record Moments(long count, double mean, double variance) {
  /** With a number added as often as it occurs: after Chan, Golub and LeVeque (1983). */
  Moments with(double value, long times) {
    if (times == 0) {
      return this;
    }
    long all = count + times;
    double distance = value - mean;
    double share = (double) times / all;
    return new Moments(
        all,
        mean + distance * share,
        variance * count / all + distance * distance * share * count / all);
  }

  double deviation() {
    return Math.sqrt(variance);
  }
}
