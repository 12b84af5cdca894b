package io.millrace.learn.glm;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The objective near a point β, its smooth part up to second order:
 *
 * <pre>  q(z) = g·(z − β) + ½·(z − β)ᵀ·A·(z − β) + l1·‖z‖₁</pre>
 *
 * Without l1, the minimum is the Newton step.
 */
final class QuadraticModel {
  /** Pivots of columns that are sums of others come out at some 1e-15 of the diagonal. */
  private static final double DEPENDENT = 1e-10;

  /** With l2, columns never depend on one another, however small their pivot. */
  private static final double ROUNDING = 1e-14;

  final Point point;
  final Penalty penalty;
  final CurvatureMatrix matrix;
  final double[] gradient;

  QuadraticModel(Point point) {
    this.point = point;
    penalty = point.penalty;
    matrix = new CurvatureMatrix(point);
    gradient = IntStream.range(0, point.size()).mapToDouble(point::gradient).toArray();
  }

  /** The minimum z. */
  double[] minimum() {
    if (penalty.l1() > 0) {
      return new SparseMinimum(this).find();
    }
    int[] order = elimination().toArray();
    double[] steps =
        factor(order).solve(Arrays.stream(order).mapToDouble(at -> -gradient[at]).toArray());
    double[] z = point.coefficients.clone();
    for (int i = 0; i < order.length; i++) {
      z[order[i]] += steps[i];
    }
    return z;
  }

  Cholesky factor(int[] coefficients) {
    return new Cholesky(matrix, coefficients, penalty.l2() > 0 ? ROUNDING : DEPENDENT);
  }

  /** Intercepts first: a column that is a sum of others and of 1 is the one that stays at 0. */
  IntStream elimination() {
    GlmShape shape = penalty.shape();
    return IntStream.concat(
        IntStream.range(0, shape.outputs()).map(shape::intercept),
        IntStream.range(0, point.size()).filter(at -> !shape.isIntercept(at)));
  }
}
