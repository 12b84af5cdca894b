package io.millrace.learn.glm;

/**
 * Finds the minimum of a {@link QuadraticModel} with l1, in two ways that take turns. Coordinate
 * descent (Friedman, Hastie and Tibshirani 2010) soon finds out which coefficients are 0 and the
 * signs of the others, but may take for ever to find their values. Once signs are given, values are
 * a linear system; where its solution has other signs, the coefficients in question become 0, and
 * it is solved again (feature-sign search, Lee et al. 2007). Both only ever make q less.
 */
final class SparseMinimum {
  private static final int SWEEPS = 5;
  private static final int MAX_TURNS = 1000;

  /** Slopes are right to about this share of what they are sums of. */
  private static final double NOISE = 1e-13;

  private final QuadraticModel model;
  private final Penalty penalty;
  private final CurvatureMatrix matrix;
  private final double[] start;
  private final double[] z;

  /** The derivative of the smooth part at z, and the sum of the absolute values that make it up. */
  private final double[] slope;

  private final double[] slopeSize;

  SparseMinimum(QuadraticModel model) {
    this.model = model;
    penalty = model.penalty;
    matrix = model.matrix;
    start = model.point.coefficients;
    z = start.clone();
    slope = model.gradient.clone();
    slopeSize = new double[z.length];
  }

  double[] find() {
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        sweep();
      }
      boolean solved = solveForSigns();
      refreshSlope();
      if (solved && isMinimum()) {
        break;
      }
    }
    return z;
  }

  /** Minimises by each coordinate in turn. */
  private void sweep() {
    for (int at = 0; at < z.length; at++) {
      double a = matrix.at(at, at);
      if (!(a > 0)) {
        continue;
      }
      double free = z[at] - slope[at] / a;
      double shrink = penalty.l1(at) / a;
      double next = free > shrink ? free - shrink : free < -shrink ? free + shrink : 0;
      if (next != z[at]) {
        matrix.addRow(at, next - z[at], slope);
        z[at] = next;
      }
    }
  }

  private boolean isActive(int at) {
    return z[at] != 0 || penalty.l1(at) == 0;
  }

  /** Returns whether all that are not 0 have the best values for their signs. */
  private boolean solveForSigns() {
    for (int tries = 0; tries <= z.length; tries++) {
      refreshSlope();
      int[] active = model.elimination().filter(this::isActive).toArray();
      double[] right = new double[active.length];
      for (int i = 0; i < active.length; i++) {
        right[i] = -slope[active[i]] - penalty.l1(active[i]) * Math.signum(z[active[i]]);
      }
      Cholesky factor = model.factor(active);
      double[] step = factor.solve(right);
      if (!go(active, step, 1)) {
        continue;
      }
      double[] flat = factor.flatDirection(right);
      if (flat.length == 0) {
        return true;
      }
      // along it only l1 changes, so it goes on until a coefficient is 0
      if (go(active, flat, Double.POSITIVE_INFINITY)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Moves along a direction to its end, or only to where the first coefficient becomes 0; returns
   * whether it came to the end.
   */
  private boolean go(int[] active, double[] direction, double end) {
    double[] zeros = new double[active.length];
    double t = end;
    for (int i = 0; i < active.length; i++) {
      double before = z[active[i]];
      boolean shrinks = penalty.l1(active[i]) > 0 && before * direction[i] < 0;
      zeros[i] = shrinks ? -before / direction[i] : Double.POSITIVE_INFINITY;
      t = Math.min(t, zeros[i]);
    }
    if (Double.isInfinite(t)) {
      return true;
    }
    boolean whole = true;
    for (int i = 0; i < active.length; i++) {
      boolean vanishes = zeros[i] <= t;
      z[active[i]] = vanishes ? 0 : z[active[i]] + t * direction[i];
      whole &= !vanishes;
    }
    return whole;
  }

  private void refreshSlope() {
    System.arraycopy(model.gradient, 0, slope, 0, slope.length);
    for (int at = 0; at < z.length; at++) {
      slopeSize[at] = Math.abs(slope[at]);
    }
    for (int at = 0; at < z.length; at++) {
      double change = z[at] - start[at];
      if (change != 0) {
        matrix.addRow(at, change, slope);
        matrix.addAbsoluteRow(at, Math.abs(change), slopeSize);
      }
    }
  }

  /** Whether no coefficient that is 0 would better be something else. */
  private boolean isMinimum() {
    for (int at = 0; at < z.length; at++) {
      if (!isActive(at)
          && Math.abs(slope[at]) > penalty.l1(at) + NOISE * (slopeSize[at] + penalty.l1(at))) {
        return false;
      }
    }
    return true;
  }
}
