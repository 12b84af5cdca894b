package io.millrace.learn.metrics;

import io.millrace.aggregate.ExactSum;
import java.util.List;

/** Log loss and Brier score of probabilities, and what mean and label are like. */
final class ProbabilityErrors implements RankedScores.Part {
  /** The least probability that a logarithm is taken of; the greatest is 1 less it. */
  static final double LEAST = 0x1p-52;

  private final RankedScores.Population all;
  private final ExactSum logLoss = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private final ExactSum scores = new ExactSum();
  private final ProbabilityRange range = new ProbabilityRange();

  ProbabilityErrors(RankedScores.Population all) {
    this.all = all;
  }

  /** −ln of a probability within its limits. */
  static double loss(double probability) {
    return -StrictMath.log(Math.min(Math.max(probability, LEAST), 1 - LEAST));
  }

  @Override
  public void add(RankedScores.Step step) {
    double score = step.score();
    range.add(score);
    scores.add(step.weight() * score);
    logLoss.add(step.positive() * loss(score)).add(step.negative() * loss(1 - score));
    squares.add(step.positive() * (score - 1) * (score - 1)).add(step.negative() * score * score);
  }

  @Override
  public List<MetricValue> values() {
    if (all.weight() == 0) {
      return List.of();
    }
    return List.of(
        range.value(Metric.LOG_LOSS, logLoss.value() / all.weight(), all),
        range.value(Metric.BRIER, squares.value() / all.weight(), all),
        all.value(Metric.LABEL_MEAN, all.positive() / all.weight()),
        all.value(Metric.SCORE_MEAN, scores.value() / all.weight()));
  }
}
