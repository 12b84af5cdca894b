package io.millrace.learn.glm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Fits a generalised linear model. The rows are asked once for what their labels are, then about
 * once an iteration: up to {@link #MOST_FOR_NEWTON} coefficients for all second derivatives ({@link
 * Newton}), beyond for first ones ({@link QuasiNewton}), of which there are many more iterations.
 */
public final class GlmFit {
  /** Of so many coefficients, the second derivatives of a file's rows take 4 MiB. */
  static final int MOST_FOR_NEWTON = 1023;

  private GlmFit() {}

  /**
   * Fits from the beginning.
   *
   * @throws IllegalArgumentException where a class has no rows
   */
  public static FitResult run(GlmProblem problem, RowSums rows, FitListener listener)
      throws IOException, InterruptedException {
    Progress progress = new Progress(problem, rows, listener, List.of());
    FitStart.Begin begin = new FitStart(progress).begin();
    Optional<StopReason> reason = begin.reason;
    return reason.isPresent()
        ? progress.stopped(begin.coefficients, reason.get())
        : goOn(progress, begin.coefficients, List.of());
  }

  /**
   * Goes on with a fit of the same problem and rows, to the same result to the bit as if it had
   * never been interrupted.
   *
   * @throws IllegalArgumentException where the state is one of another problem
   */
  public static FitResult resume(
      GlmProblem problem, RowSums rows, FitState state, FitListener listener)
      throws IOException, InterruptedException {
    state.check(problem);
    Progress progress = new Progress(problem, rows, listener, state.history());
    return goOn(progress, state.coefficients(), state.memory());
  }

  /** Whether fits of that shape ask for all second derivatives. */
  public static boolean usesHessian(GlmShape shape) {
    return shape.coefficients() <= MOST_FOR_NEWTON;
  }

  private static FitResult goOn(Progress progress, double[] coefficients, List<double[]> memory)
      throws IOException, InterruptedException {
    return usesHessian(progress.problem().shape())
        ? new Newton(progress).run(coefficients, memory)
        : new QuasiNewton(progress).run(coefficients, memory);
  }
}
