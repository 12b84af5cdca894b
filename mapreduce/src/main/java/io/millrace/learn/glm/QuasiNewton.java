package io.millrace.learn.glm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * L-BFGS for many coefficients (Nocedal and Wright, 2nd ed., algorithm 7.4), begun with the
 * diagonal of second derivatives; with l1, OWL-QN (Andrew and Gao 2007). An iteration goes along d
 * = −H·v, where v is the element of the subgradient that is closest to 0 and H approximates the
 * inverse of the second derivatives by the last changes of the gradient:
 *
 * <pre>  F(β′) ≤ F(β) + 10⁻⁴·v·(β′ − β)      β′ = π(β + t·d)</pre>
 *
 * With l1, H is made of what happened to the coefficients that are not 0 or are about to leave it
 * (these only in the direction of −v), and π sets to 0 each coefficient that would change its sign.
 * Without, π does nothing.
 */
final class QuasiNewton {
  private static final double ARMIJO = 1e-4;
  private static final int MAX_TRIES = 60;

  /** Sums of many rows are right to about this share. */
  private static final double NOISE = 1e-12;

  /** Steps are judged by the diagonal alone, so they have to be much smaller than is asked for. */
  private static final double MARGIN = 1e-2;

  /** Iterations without a smaller objective or step, after which sums have no more digits. */
  private static final int PATIENCE = 30;

  private final Progress progress;
  private final Penalty penalty;

  QuasiNewton(Progress progress) {
    this.progress = progress;
    penalty = progress.penalty();
  }

  /**
   * Goes on until there is a reason to stop.
   *
   * @param memory what {@link InverseCurvature} knew after the last iteration, if there was one
   */
  FitResult run(double[] start, List<double[]> memory) throws IOException, InterruptedException {
    InverseCurvature inverse;
    Point point;
    if (memory.isEmpty()) {
      Point first = progress.at(start, Order.DIAGONAL);
      if (!Double.isFinite(first.objective)) {
        return diverged(first, "the objective is " + first.objective + " where the fit begins");
      }
      inverse = new InverseCurvature(first);
      point = first;
    } else {
      inverse = new InverseCurvature(memory);
      point = progress.at(start, Order.GRADIENT);
    }
    while (true) {
      double[] slope = subgradient(point);
      double error = error(point, slope, inverse);
      inverse.note(error, point.objective);
      if (error <= MARGIN * progress.problem().tolerance() || inverse.sinceBest() > PATIENCE) {
        return converged(point, inverse);
      }
      if (progress.isAtLimit()) {
        return progress.stoppedAtLimit(point.coefficients);
      }
      double[] direction = direction(point, slope, inverse);
      Optional<Trial> trial = search(point, slope, direction);
      if (trial.isEmpty() && inverse.forget()) {
        continue;
      }
      if (trial.isEmpty()) {
        return diverged(point, "no step makes the objective less than " + point.objective);
      }
      inverse.add(point, trial.get().point());
      point = trial.get().point();
      progress.iterated(point, trial.get().step(), inverse.memory());
    }
  }

  private FitResult diverged(Point point, String what) {
    return progress.stopped(point.coefficients, new StopReason.Diverged(what));
  }

  private FitResult converged(Point point, InverseCurvature inverse)
      throws IOException, InterruptedException {
    StopReason reason = new StopReason.Converged();
    if (penalty.isNone()) {
      Point last = progress.at(point.coefficients, Order.DIAGONAL);
      reason =
          new Separation(progress)
              .findAtRest(last, inverse::diagonal, inverse::unit)
              .orElse(reason);
    }
    return progress.stopped(point.coefficients, reason);
  }

  private static double[] subgradient(Point point) {
    double[] slope = new double[point.size()];
    for (int at = 0; at < slope.length; at++) {
      slope[at] = point.subgradient(at);
    }
    return slope;
  }

  /** The greatest step that the diagonal alone would make, as a share of the coefficient. */
  private static double error(Point point, double[] slope, InverseCurvature inverse) {
    double error = 0;
    for (int at = 0; at < slope.length; at++) {
      double size = Math.abs(point.coefficients[at]) + inverse.unit(at);
      error = Math.max(error, Math.abs(slope[at]) / inverse.diagonal(at) / size);
    }
    return error;
  }

  private double[] direction(Point point, double[] slope, InverseCurvature inverse) {
    boolean[] free = new boolean[slope.length];
    for (int at = 0; at < free.length; at++) {
      free[at] = penalty.l1(at) == 0 || point.coefficients[at] != 0 || slope[at] != 0;
    }
    double[] direction = inverse.times(slope, free);
    for (int at = 0; at < direction.length; at++) {
      direction[at] = -direction[at];
      boolean leavesZero = penalty.l1(at) != 0 && point.coefficients[at] == 0;
      if (leavesZero && direction[at] * slope[at] >= 0) {
        direction[at] = 0;
      }
    }
    return direction;
  }

  private record Trial(Point point, double step) {}

  private Optional<Trial> search(Point point, double[] slope, double[] direction)
      throws IOException, InterruptedException {
    double t = 1;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      double[] moved = moved(point, slope, direction, t);
      double expected = 0;
      for (int at = 0; at < moved.length; at++) {
        expected += slope[at] * (moved[at] - point.coefficients[at]);
      }
      if (!(expected < 0)) {
        return Optional.empty();
      }
      Point next = progress.at(moved, Order.GRADIENT);
      double most = point.objective + ARMIJO * expected + NOISE * Math.abs(point.objective);
      if (next.objective <= most) {
        return Optional.of(new Trial(next, t));
      }
      t /= 2;
    }
    return Optional.empty();
  }

  private double[] moved(Point point, double[] slope, double[] direction, double t) {
    double[] moved = point.moved(direction, t);
    for (int at = 0; at < moved.length; at++) {
      if (penalty.l1(at) != 0) {
        double before = point.coefficients[at];
        double sign = before != 0 ? before : -slope[at];
        if (moved[at] * sign <= 0) {
          moved[at] = 0;
        }
      }
    }
    return moved;
  }
}
