package io.millrace.learn.glm;

/** Coefficients, and what the rows and the penalty say of them. Not changed once made. */
final class Point {
  final double[] coefficients;
  final Sums sums;
  final Penalty penalty;

  /** Losses and penalty. */
  final double objective;

  Point(double[] coefficients, Sums sums, Penalty penalty) {
    this.coefficients = coefficients;
    this.sums = sums;
    this.penalty = penalty;
    objective = sums.loss() + penalty.value(coefficients);
  }

  int size() {
    return coefficients.length;
  }

  /** The derivative of the smooth part of the objective. */
  double gradient(int at) {
    return sums.gradient(at) + penalty.l2(at) * coefficients[at];
  }

  double subgradient(int at) {
    return penalty.subgradient(at, coefficients[at], gradient(at));
  }

  /** Second derivative by one coefficient. */
  double diagonal(int at) {
    return sums.diagonal(at) + penalty.l2(at);
  }

  /** The greatest absolute value in the subgradient. */
  double gradientNorm() {
    double norm = 0;
    for (int at = 0; at < size(); at++) {
      norm = Math.max(norm, Math.abs(subgradient(at)));
    }
    return norm;
  }

  /**
   * How great a change of a coefficient counts as 1: it changes the margins of the rows by 1, in
   * root mean square, or the coefficient itself by 1 where that is less.
   */
  double unit(int at) {
    GlmShape shape = penalty.shape();
    double square = sums.diagonal(at) / sums.diagonal(shape.intercept(at / shape.block()));
    return square > 1 ? 1 / Math.sqrt(square) : 1;
  }

  /** The coefficients moved by t·direction. */
  double[] moved(double[] direction, double t) {
    double[] moved = new double[size()];
    for (int at = 0; at < moved.length; at++) {
      moved[at] = coefficients[at] + t * direction[at];
    }
    return moved;
  }
}
