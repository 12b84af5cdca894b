package io.millrace.learn.glm;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds labels that some columns make certain (Albert and Anderson 1984), so that without a penalty
 * the loss has no minimum: such as a category with one label only, or a count that is always 0
 * there. Newton's steps then do not become smaller, about 1 each time in the margins of these rows,
 * while the loss of these rows vanishes. Where that is seen, it is proved by a step many times as
 * long: at a minimum it would cost, here it does not.
 */
final class Separation {
  /** Steps of that many units do not belong to a fit that is about to converge. */
  private static final double LONG_STEP = 0.1;

  /** What they bring by then, in losses of one row of mean weight. */
  private static final double SMALL_DECREASE = 1e-4;

  /** Second derivatives of coefficients that have a best value do not become so small. */
  private static final double VANISHED = 1e-4;

  private static final double PROOF = 20;
  private static final int MOST_NAMES = 5;

  private final Progress progress;

  Separation(Progress progress) {
    this.progress = progress;
  }

  /**
   * The reason to stop, where a step shows that there is one.
   *
   * @param decrease of the objective, which the step is to bring
   */
  Optional<StopReason> find(Point point, double[] step, double decrease)
      throws IOException, InterruptedException {
    double row = point.sums.weight() / point.sums.rows();
    int[] far =
        IntStream.range(0, step.length)
            .filter(at -> Math.abs(step[at]) >= LONG_STEP * point.unit(at))
            .toArray();
    if (!isPossible() || far.length == 0 || decrease > SMALL_DECREASE * row) {
      return Optional.empty();
    }
    Point beyond = progress.at(point.moved(step, PROOF), Order.LOSS);
    if (!(beyond.objective <= point.objective)) {
      return Optional.empty();
    }
    return Optional.of(separable(far, at -> Math.abs(step[at]) / point.unit(at)));
  }

  /**
   * The reason where a fit that knows no second derivatives has come to rest at a point, because
   * losses have vanished. Then the second derivatives of these coefficients have vanished too,
   * which at a minimum they cannot: there is a row of the other label.
   *
   * @param curvature the diagonal where the fit began
   * @param unit {@link Point#unit} there
   */
  Optional<StopReason> findAtRest(
      Point point, IntToDoubleFunction curvature, IntToDoubleFunction unit) {
    double row = point.sums.weight() / point.sums.rows();
    int[] vanished =
        IntStream.range(0, point.size())
            .filter(
                at ->
                    point.diagonal(at) < VANISHED * curvature.applyAsDouble(at)
                        && point.diagonal(at) * unit.applyAsDouble(at) * unit.applyAsDouble(at)
                            < VANISHED * row)
            .toArray();
    return isPossible() && vanished.length > 0
        ? Optional.of(separable(vanished, at -> curvature.applyAsDouble(at) / point.diagonal(at)))
        : Optional.empty();
  }

  private boolean isPossible() {
    return progress.penalty().isNone() && progress.problem().family() != Family.LINEAR;
  }

  private StopReason separable(int[] coefficients, IntToDoubleFunction speed) {
    List<String> names =
        IntStream.of(coefficients)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer at) -> -speed.applyAsDouble(at)))
            .limit(MOST_NAMES)
            .map(progress.problem()::name)
            .toList();
    return new StopReason.Separable(names);
  }
}
