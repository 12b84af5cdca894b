package io.millrace.learn.glm;

import java.io.IOException;
import java.util.Optional;

/** Whether there is anything to fit, and where to begin. */
final class FitStart {
  private final Progress progress;
  private final GlmProblem problem;
  private final GlmShape shape;

  FitStart(Progress progress) {
    this.progress = progress;
    problem = progress.problem();
    shape = problem.shape();
  }

  /** A reason not to begin at all, or else coefficients. */
  static final class Begin {
    final double[] coefficients;
    final Optional<StopReason> reason;

    Begin(double[] coefficients, Optional<StopReason> reason) {
      this.coefficients = coefficients;
      this.reason = reason;
    }
  }

  Begin begin() throws IOException, InterruptedException {
    Sums sums = progress.at(new double[shape.coefficients()], Order.LOSS).sums;
    if (sums.rows() == 0) {
      return new Begin(new double[shape.coefficients()], Optional.of(new StopReason.NoRows()));
    }
    double[] constant = constantModel(sums);
    if (sums.leastLabel() == sums.greatestLabel()) {
      return new Begin(constant, Optional.of(oneLabel(sums.leastLabel())));
    }
    checkClasses(sums);
    return new Begin(
        problem.start().isPresent() ? better(constant, problem.start().get()) : constant,
        Optional.empty());
  }

  private StopReason oneLabel(double label) {
    return switch (shape.family()) {
      case LOGISTIC -> new StopReason.OneClass(label == 1 ? "true" : "false");
      case MULTINOMIAL -> new StopReason.OneClass(problem.classes().get((int) label));
      case LINEAR, POISSON -> new StopReason.ConstantLabel(label);
    };
  }

  private void checkClasses(Sums sums) {
    for (int k = 0; k < problem.classes().size(); k++) {
      if (sums.labels(k) == 0) {
        throw new IllegalArgumentException(
            "Cannot fit the class " + problem.classes().get(k) + ": it has no training rows");
      }
    }
  }

  /** The best model of intercepts alone; other coefficients are 0. */
  private double[] constantModel(Sums sums) {
    double[] coefficients = new double[shape.coefficients()];
    for (int k = 0; k < shape.outputs(); k++) {
      double mean = sums.labels(k) / sums.weight();
      double intercept =
          switch (shape.family()) {
            case LOGISTIC -> StrictMath.log(mean / (1 - mean));
            case MULTINOMIAL, POISSON -> StrictMath.log(mean);
            case LINEAR -> mean;
          };
      coefficients[shape.intercept(k)] = Double.isFinite(intercept) ? intercept : 0;
    }
    progress.penalty().centre(coefficients);
    return coefficients;
  }

  /** The coefficients of another model, unless they are worse than none at all. */
  private double[] better(double[] constant, GlmModel start)
      throws IOException, InterruptedException {
    double[] warm = start.flatFor(problem);
    progress.penalty().centre(warm);
    double objective = progress.at(warm, Order.LOSS).objective;
    return objective < progress.at(constant, Order.LOSS).objective ? warm : constant;
  }
}
