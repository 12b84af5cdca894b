package io.millrace.learn.metrics;

/** Whether scores that come in descending order are probabilities. */
final class ProbabilityRange {
  private double highest = Double.NaN;
  private double lowest = Double.NaN;

  void add(double score) {
    if (Double.isNaN(highest)) {
      highest = score;
    }
    lowest = score;
  }

  boolean isOfProbabilities() {
    return highest <= 1 && lowest >= 0;
  }

  /** A value that only probabilities have. */
  MetricValue value(Metric metric, double value, RankedScores.Population all) {
    return isOfProbabilities()
        ? all.value(metric, value)
        : all.absent(
            metric,
            "scores are not probabilities: one is %s".formatted(highest > 1 ? highest : lowest));
  }
}
