package io.millrace.learn.metrics;

import io.millrace.aggregate.ExactSum;
import java.util.List;

/** Average precision, by steps and not by trapezoids, as {@link Metric#AVERAGE_PRECISION} says. */
final class AveragePrecision implements RankedScores.Part {
  private final RankedScores.Population all;
  private final ExactSum sum = new ExactSum();

  AveragePrecision(RankedScores.Population all) {
    this.all = all;
  }

  @Override
  public void add(RankedScores.Step step) {
    double found = step.positiveAbove() + step.positive();
    double looked = step.above() + step.weight();
    sum.add(step.positive() * (found / looked));
  }

  @Override
  public List<MetricValue> values() {
    return List.of(
        all.positive() == 0
            ? all.absent(Metric.AVERAGE_PRECISION, "no row is true")
            : all.value(Metric.AVERAGE_PRECISION, sum.value() / all.positive()));
  }
}
