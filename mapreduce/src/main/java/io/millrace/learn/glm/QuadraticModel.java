package io.millrace.learn.glm;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The objective near a point β, its smooth part up to second order:
 *
 * <pre>  q(z) = g·(z − β) + ½·(z − β)ᵀ·A·(z − β) + l1·‖z‖₁</pre>
 *
 * Without l1 its minimum is the Newton step. With l1 it is found by coordinate descent (Friedman,
 * Hastie and Tibshirani 2010), which soon knows which coefficients are 0 and the signs of the
 * others; then those are solved for at once, and that solution is taken if it has these signs and
 * meets the conditions of a minimum.
 */
final class QuadraticModel {
  /** Pivots of columns that are sums of others come out at some 1e-15 of the diagonal. */
  private static final double DEPENDENT = 1e-10;

  /** With l2, columns never depend on one another, however small their pivot. */
  private static final double ROUNDING = 1e-14;

  private static final int MAX_SWEEPS = 10_000;
  private static final int SWEEPS_A_TRY = 4;
  private static final double SWEEP_TOLERANCE = 1e-13;

  private final Point point;
  private final Penalty penalty;
  private final CurvatureMatrix matrix;
  private final double[] gradient;

  QuadraticModel(Point point) {
    this.point = point;
    penalty = point.penalty;
    matrix = new CurvatureMatrix(point);
    gradient = IntStream.range(0, point.size()).mapToDouble(point::gradient).toArray();
  }

  /** The minimum z. */
  double[] minimum() {
    if (penalty.l1() == 0) {
      return solve(new double[point.size()]);
    }
    double[] z = point.coefficients.clone();
    double[] slope = gradient.clone();
    double[] signs = new double[z.length];
    for (int sweep = 1; sweep <= MAX_SWEEPS; sweep++) {
      double change = sweep(z, slope);
      if (change <= SWEEP_TOLERANCE) {
        return z;
      }
      if (sweep % SWEEPS_A_TRY == 0) {
        double[] before = signs;
        signs = signs(z);
        double[] solved = Arrays.equals(before, signs) ? solve(signs) : z;
        if (solved != z && isMinimum(solved, signs)) {
          return solved;
        }
      }
    }
    return z;
  }

  private double[] signs(double[] z) {
    double[] signs = new double[z.length];
    for (int at = 0; at < z.length; at++) {
      // an intercept is never held at 0; its sign costs nothing
      signs[at] = penalty.l1(at) == 0 ? 1 : Math.signum(z[at]);
    }
    return signs;
  }

  /** Minimises by each coordinate in turn; returns the greatest change, in units of the margins. */
  private double sweep(double[] z, double[] slope) {
    double greatest = 0;
    for (int at = 0; at < z.length; at++) {
      double a = matrix.at(at, at);
      if (!(a > 0)) {
        continue;
      }
      double free = z[at] - slope[at] / a;
      double shrink = penalty.l1(at) / a;
      double next = free > shrink ? free - shrink : free < -shrink ? free + shrink : 0;
      double change = next - z[at];
      if (change != 0) {
        matrix.addRow(at, change, slope);
        z[at] = next;
        greatest = Math.max(greatest, Math.abs(change) / (point.unit(at) + Math.abs(next)));
      }
    }
    return greatest;
  }

  /**
   * Where the derivative is 0 for given signs; coefficients of sign 0 are 0 where there is an l1.
   */
  private double[] solve(double[] signs) {
    int[] free = elimination().filter(at -> penalty.l1(at) == 0 || signs[at] != 0).toArray();
    double[] right = new double[point.size()];
    for (int at = 0; at < right.length; at++) {
      right[at] = -gradient[at] - penalty.l1(at) * signs[at];
    }
    for (int at = 0; at < right.length; at++) {
      if (penalty.l1(at) != 0 && signs[at] == 0 && point.coefficients[at] != 0) {
        // it moves to 0, which changes the slope of the others
        matrix.addRow(at, point.coefficients[at], right);
      }
    }
    double tolerance = penalty.l2() > 0 ? ROUNDING : DEPENDENT;
    double[] steps =
        new Cholesky(matrix, free, tolerance)
            .solve(Arrays.stream(free).mapToDouble(at -> right[at]).toArray());
    double[] z = new double[point.size()];
    for (int i = 0; i < free.length; i++) {
      z[free[i]] = point.coefficients[free[i]] + steps[i];
    }
    return z;
  }

  /** Intercepts first: a column that is a sum of others and of 1 is the one that stays at 0. */
  private IntStream elimination() {
    GlmShape shape = penalty.shape();
    return IntStream.concat(
        IntStream.range(0, shape.outputs()).map(shape::intercept),
        IntStream.range(0, point.size()).filter(at -> !shape.isIntercept(at)));
  }

  private boolean isMinimum(double[] z, double[] signs) {
    double[] slope = gradient.clone();
    for (int at = 0; at < z.length; at++) {
      double change = z[at] - point.coefficients[at];
      if (change != 0) {
        matrix.addRow(at, change, slope);
      }
    }
    for (int at = 0; at < z.length; at++) {
      if (penalty.l1(at) == 0) {
        continue;
      }
      boolean best =
          signs[at] == 0
              ? Math.abs(slope[at]) <= penalty.l1(at) * (1 + ROUNDING)
              : Math.signum(z[at]) == signs[at];
      if (!best) {
        return false;
      }
    }
    return true;
  }
}
