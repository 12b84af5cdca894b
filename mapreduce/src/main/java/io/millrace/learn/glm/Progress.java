package io.millrace.learn.glm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A fit under way: asks the rows, and keeps and tells what has been reached. */
final class Progress {
  private final GlmProblem problem;
  private final Penalty penalty;
  private final RowSums rows;
  private final FitListener listener;
  private final List<Iteration> history;

  Progress(GlmProblem problem, RowSums rows, FitListener listener, List<Iteration> history) {
    this.problem = problem;
    this.rows = rows;
    this.listener = listener;
    this.history = new ArrayList<>(history);
    penalty = new Penalty(problem.shape(), problem.l1(), problem.l2());
  }

  GlmProblem problem() {
    return problem;
  }

  Penalty penalty() {
    return penalty;
  }

  Point at(double[] coefficients, Order order) throws IOException, InterruptedException {
    return new Point(coefficients, rows.at(coefficients, order), penalty);
  }

  int iterations() {
    return history.size();
  }

  boolean isAtLimit() {
    return history.size() >= problem.maxIterations();
  }

  /** An iteration has ended. */
  void iterated(Point point, double step, List<double[]> memory) throws IOException {
    Iteration iteration =
        new Iteration(history.size() + 1, point.objective, point.gradientNorm(), step);
    history.add(iteration);
    listener.iterated(iteration, new FitState(problem, history, point.coefficients, memory));
  }

  FitResult stopped(double[] coefficients, StopReason reason) {
    double[] centred = coefficients.clone();
    penalty.centre(centred);
    GlmModel model = GlmModel.of(problem.family(), problem.columns(), problem.classes(), centred);
    return new FitResult(model, reason, history);
  }

  FitResult stoppedAtLimit(double[] coefficients) {
    return stopped(coefficients, new StopReason.Limit(history.size()));
  }
}
