package io.millrace.learn.glm;

import java.util.ArrayList;
import java.util.List;

/**
 * An approximation of the inverse of the second derivatives, by a diagonal D where the fit began
 * and the last changes s of the coefficients and y of the gradient (the two-loop recursion of
 * L-BFGS).
 */
final class InverseCurvature {
  private static final int MOST_PAIRS = 20;

  /** A decrease that is nothing but rounding, relative to the objective. */
  private static final double UNSEEN = 1e-13;

  private static final double FLAT = 1e-14;

  private final double[] diagonal;
  private final double[] units;

  /** s, y, s, y, …; the newest last. */
  private final List<double[]> changes = new ArrayList<>();

  private double leastError = Double.POSITIVE_INFINITY;
  private double leastObjective = Double.MAX_VALUE;
  private double sinceBest;

  /** From the diagonal at a point. */
  InverseCurvature(Point point) {
    diagonal = new double[point.size()];
    units = new double[point.size()];
    for (int at = 0; at < diagonal.length; at++) {
      double value = point.diagonal(at);
      diagonal[at] = value > 0 ? value : 1;
      units[at] = point.unit(at);
    }
  }

  /** From {@link #memory}. */
  InverseCurvature(List<double[]> memory) {
    diagonal = memory.get(0);
    units = memory.get(1);
    leastError = memory.get(2)[0];
    leastObjective = memory.get(2)[1];
    sinceBest = memory.get(2)[2];
    changes.addAll(memory.subList(3, memory.size()));
  }

  List<double[]> memory() {
    List<double[]> memory = new ArrayList<>();
    memory.add(diagonal);
    memory.add(units);
    memory.add(new double[] {leastError, leastObjective, sinceBest});
    memory.addAll(changes);
    return memory;
  }

  double diagonal(int at) {
    return diagonal[at];
  }

  /** {@link Point#unit} where the fit began. */
  double unit(int at) {
    return units[at];
  }

  /** Keeps how near an iteration came. */
  void note(double error, double objective) {
    sinceBest++;
    if (error < leastError) {
      leastError = error;
      sinceBest = 0;
    }
    if (objective < leastObjective - UNSEEN * Math.abs(leastObjective)) {
      leastObjective = objective;
      sinceBest = 0;
    }
  }

  /** How many iterations ago the best was. */
  double sinceBest() {
    return sinceBest;
  }

  /** Forgets the changes; returns whether there were any. */
  boolean forget() {
    boolean any = !changes.isEmpty();
    changes.clear();
    return any;
  }

  /** Learns from a step. */
  void add(Point from, Point to) {
    double[] s = new double[diagonal.length];
    double[] y = new double[diagonal.length];
    double curvature = 0;
    double squares = 0;
    for (int at = 0; at < s.length; at++) {
      s[at] = to.coefficients[at] - from.coefficients[at];
      y[at] = to.gradient(at) - from.gradient(at);
      curvature += s[at] * y[at];
      squares += y[at] * y[at] / diagonal[at];
    }
    // what is flat, or nothing but rounding, teaches nothing
    if (!(curvature > FLAT * squares)) {
      return;
    }
    changes.add(s);
    changes.add(y);
    if (changes.size() > 2 * MOST_PAIRS) {
      changes.subList(0, 2).clear();
    }
  }

  /**
   * The approximation times a vector, within the coefficients that are free: it is the inverse of
   * their second derivatives, not a part of the inverse of all.
   */
  double[] times(double[] vector, boolean[] free) {
    double[] result = new double[vector.length];
    for (int at = 0; at < result.length; at++) {
      result[at] = free[at] ? vector[at] : 0;
    }
    List<double[]> within = new ArrayList<>();
    for (int pair = 0; pair < changes.size(); pair += 2) {
      double[] s = masked(changes.get(pair), free);
      double[] y = masked(changes.get(pair + 1), free);
      if (dot(s, y) > FLAT * scaledSquares(y)) {
        within.add(s);
        within.add(y);
      }
    }
    int pairs = within.size() / 2;
    double[] alpha = new double[pairs];
    double[] rho = new double[pairs];
    double gamma = 1;
    for (int pair = pairs - 1; pair >= 0; pair--) {
      double[] s = within.get(2 * pair);
      double[] y = within.get(2 * pair + 1);
      rho[pair] = 1 / dot(s, y);
      alpha[pair] = rho[pair] * dot(s, result);
      addTo(result, -alpha[pair], y);
      if (pair == pairs - 1) {
        gamma = 1 / (rho[pair] * scaledSquares(y));
      }
    }
    for (int at = 0; at < result.length; at++) {
      result[at] *= gamma / diagonal[at];
    }
    for (int pair = 0; pair < pairs; pair++) {
      double[] s = within.get(2 * pair);
      double[] y = within.get(2 * pair + 1);
      addTo(result, alpha[pair] - rho[pair] * dot(y, result), s);
    }
    return result;
  }

  private static double[] masked(double[] values, boolean[] free) {
    double[] masked = new double[values.length];
    for (int at = 0; at < masked.length; at++) {
      masked[at] = free[at] ? values[at] : 0;
    }
    return masked;
  }

  private double scaledSquares(double[] y) {
    double sum = 0;
    for (int at = 0; at < y.length; at++) {
      sum += y[at] * y[at] / diagonal[at];
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += a[at] * b[at];
    }
    return sum;
  }

  private static void addTo(double[] to, double factor, double[] values) {
    for (int at = 0; at < to.length; at++) {
      to[at] += factor * values[at];
    }
  }
}
