package io.millrace.learn.metrics;

import io.millrace.aggregate.ExactSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ten bins of equal weight, by score; rows that score the same stay together, in the bin of the
 * first of them counted from the highest score. Bins into which no row falls are left out.
 */
final class Calibration implements RankedScores.Part {
  private static final int BINS = 10;

  private static final class Bin {
    private final ExactSum weight = new ExactSum();
    private final ExactSum scores = new ExactSum();
    private final ExactSum positive = new ExactSum();
    private long rows;

    MetricValue value(Metric metric, ExactSum sum) {
      return MetricValue.of(metric, sum.value() / weight.value(), rows, weight.value());
    }

    /** Weight times the distance of mean score and mean label. */
    double error() {
      return Math.abs(scores.value() - positive.value());
    }
  }

  private final RankedScores.Population all;
  private final Bin[] bins = new Bin[BINS];
  private final ProbabilityRange range = new ProbabilityRange();

  Calibration(RankedScores.Population all) {
    this.all = all;
    Arrays.setAll(bins, number -> new Bin());
  }

  @Override
  public void add(RankedScores.Step step) {
    range.add(step.score());
    int fromTop = (int) Math.min(BINS - 1, Math.floor(BINS * step.above() / all.weight()));
    Bin bin = bins[BINS - 1 - fromTop];
    bin.rows += step.rows();
    bin.weight.add(step.positive()).add(step.negative());
    bin.positive.add(step.positive());
    bin.scores.add(step.weight() * step.score());
  }

  @Override
  public List<MetricValue> values() {
    List<MetricValue> values = new ArrayList<>();
    if (all.weight() == 0) {
      return values;
    }
    double error = Arrays.stream(bins).mapToDouble(Bin::error).sum();
    values.add(range.value(Metric.CALIBRATION_ERROR, error / all.weight(), all));
    for (int i = 0; i < BINS; i++) {
      Bin bin = bins[i];
      if (bin.rows > 0) {
        String number = Integer.toString(i + 1);
        values.add(bin.value(Metric.CALIBRATION_SCORE, bin.scores).at(number));
        values.add(bin.value(Metric.CALIBRATION_RATE, bin.positive).at(number));
      }
    }
    return values;
  }
}
