package io.millrace.learn.metrics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The confusion matrix at a threshold, and what follows from it. */
final class ThresholdCounts implements RankedScores.Part {
  private final RankedScores.Population all;
  private final double threshold;
  private double truePositives;
  private double falsePositives;

  ThresholdCounts(RankedScores.Population all, double threshold) {
    this.all = all;
    this.threshold = threshold;
  }

  @Override
  public void add(RankedScores.Step step) {
    if (step.score() >= threshold) {
      truePositives = step.positiveAbove() + step.positive();
      falsePositives = step.negativeAbove() + step.negative();
    }
  }

  @Override
  public List<MetricValue> values() {
    double falseNegatives = all.positive() - truePositives;
    double trueNegatives = all.negative() - falsePositives;
    List<MetricValue> values = new ArrayList<>();
    values.add(all.value(Metric.TRUE_POSITIVES, truePositives));
    values.add(all.value(Metric.FALSE_POSITIVES, falsePositives));
    values.add(all.value(Metric.TRUE_NEGATIVES, trueNegatives));
    values.add(all.value(Metric.FALSE_NEGATIVES, falseNegatives));
    String noPositives = "no row scores at least " + text();
    String noTrue = "no row is true";
    values.add(share(Metric.PRECISION, truePositives, truePositives + falsePositives, noPositives));
    values.add(share(Metric.RECALL, truePositives, all.positive(), noTrue));
    values.add(
        share(
            Metric.F1,
            2 * truePositives,
            2 * truePositives + falsePositives + falseNegatives,
            noTrue + ", and " + noPositives));
    values.add(
        share(Metric.ACCURACY, truePositives + trueNegatives, all.weight(), "there are no rows"));
    return values.stream().map(value -> value.at(text())).toList();
  }

  private MetricValue share(Metric metric, double part, double whole, String reason) {
    return whole == 0 ? all.absent(metric, reason) : all.value(metric, part / whole);
  }

  private String text() {
    return new BigDecimal(Double.toString(threshold)).stripTrailingZeros().toPlainString();
  }
}
