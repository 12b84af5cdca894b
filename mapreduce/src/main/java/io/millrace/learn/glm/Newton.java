package io.millrace.learn.glm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Damped Newton steps; with l1, proximal Newton steps (Lee, Sun and Saunders 2014). An iteration
 * goes from β towards the minimum z of the {@link QuadraticModel} at β, as far as the objective F
 * becomes less by enough (Armijo):
 *
 * <pre>  F(β + t·d) ≤ F(β) + 10⁻⁴·t·Δ      d = z − β      Δ = g·d + l1·(‖z‖₁ − ‖β‖₁)</pre>
 *
 * first t = 1, and less where that is too far. Near the optimum t = 1 is right, and each iteration
 * doubles the number of right digits. A point that is tried is summed with all its derivatives, so
 * that an iteration usually asks the rows once.
 */
final class Newton {
  private static final double ARMIJO = 1e-4;
  private static final int MAX_TRIES = 40;

  /** Sums of many rows are right to about this share. */
  private static final double NOISE = 1e-12;

  /** A decrease that cannot be seen in the objective, relative to it. */
  private static final double UNSEEN = 1e-14;

  private final Progress progress;
  private final Penalty penalty;

  Newton(Progress progress) {
    this.progress = progress;
    penalty = progress.penalty();
  }

  /**
   * Goes on until there is a reason to stop.
   *
   * @param memory the decrease that the last iteration was to bring, if there was one
   */
  FitResult run(double[] start, List<double[]> memory) throws IOException, InterruptedException {
    double expected = memory.isEmpty() ? Double.POSITIVE_INFINITY : memory.get(0)[0];
    Point point = progress.at(start, Order.HESSIAN);
    if (!Double.isFinite(point.objective)) {
      return diverged(point, "the objective is " + point.objective + " where the fit begins");
    }
    Separation separation = new Separation(progress);
    while (true) {
      double[] minimum = new QuadraticModel(point).minimum();
      double[] step = step(point, minimum);
      double decrease = decrease(point, minimum, step);
      if (!Double.isFinite(decrease)) {
        return diverged(
            point,
            "the second derivatives at iteration " + progress.iterations() + " are not finite");
      }
      if (isSmall(point, step)) {
        // which doubles the number of right digits once more
        return progress.stopped(minimum, new StopReason.Converged());
      }
      if (isNoise(point, decrease, expected)) {
        return progress.stopped(point.coefficients, new StopReason.Converged());
      }
      Optional<StopReason> separable = separation.find(point, step, decrease);
      if (separable.isPresent()) {
        return progress.stopped(point.coefficients, separable.get());
      }
      if (progress.isAtLimit()) {
        return progress.stoppedAtLimit(point.coefficients);
      }
      Optional<Trial> trial = search(point, step, decrease);
      if (trial.isEmpty()) {
        return diverged(point, "no step makes the objective less than " + point.objective);
      }
      point = trial.get().point();
      expected = decrease;
      progress.iterated(point, trial.get().step(), List.of(new double[] {expected}));
    }
  }

  private FitResult diverged(Point point, String what) {
    return progress.stopped(point.coefficients, new StopReason.Diverged(what));
  }

  private static double[] step(Point point, double[] minimum) {
    double[] step = new double[minimum.length];
    for (int at = 0; at < step.length; at++) {
      step[at] = minimum[at] - point.coefficients[at];
    }
    return step;
  }

  /** −Δ. */
  private double decrease(Point point, double[] minimum, double[] step) {
    double slope = 0;
    for (int at = 0; at < step.length; at++) {
      slope += point.gradient(at) * step[at];
    }
    return penalty.absolutes(point.coefficients) - penalty.absolutes(minimum) - slope;
  }

  private boolean isSmall(Point point, double[] step) {
    double tolerance = progress.problem().tolerance();
    for (int at = 0; at < step.length; at++) {
      double size = Math.abs(point.coefficients[at]) + point.unit(at);
      if (!(Math.abs(step[at]) <= tolerance * size)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether neither this step nor the last one brings anything that sums could show. After the
   * first of them there are twice as many right digits, or coefficients of which several values are
   * equal.
   */
  private static boolean isNoise(Point point, double decrease, double before) {
    return Math.max(decrease, before) <= UNSEEN * Math.abs(point.objective);
  }

  private record Trial(Point point, double step) {}

  private Optional<Trial> search(Point point, double[] step, double decrease)
      throws IOException, InterruptedException {
    double t = 1;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Point next = progress.at(point.moved(step, t), Order.HESSIAN);
      double most = point.objective - ARMIJO * t * decrease + NOISE * Math.abs(point.objective);
      if (next.objective <= most) {
        return Optional.of(new Trial(next, t));
      }
      t *= shorter(t * decrease, next.objective - point.objective);
    }
    return Optional.empty();
  }

  /** Where the parabola through the point, its slope and what was tried is least; within limits. */
  private static double shorter(double decrease, double increase) {
    double share = decrease / (2 * (increase + decrease));
    return share >= 0.1 ? Math.min(share, 0.5) : 0.1;
  }
}
