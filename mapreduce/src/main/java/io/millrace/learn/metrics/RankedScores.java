package io.millrace.learn.metrics;

import io.millrace.spec.EvaluateSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures scores of rows that are true or not, which come in descending order, each different
 * score once with its rows' tally. Keeps none of them. Not thread-safe.
 */
public final class RankedScores {
  /**
   * What one of the metrics, or several that go together, needs of a score.
   *
   * @param tally of the rows with the score
   * @param positive weight of those of them that are true
   * @param negative weight of the others of them
   * @param positiveAbove weight of the rows with higher scores that are true
   * @param negativeAbove weight of the others with higher scores
   */
  record Step(
      double score,
      ScoreTally tally,
      double positive,
      double negative,
      double positiveAbove,
      double negativeAbove) {
    long rows() {
      return tally.rows();
    }

    double weight() {
      return positive + negative;
    }

    double above() {
      return positiveAbove + negativeAbove;
    }
  }

  /** What is known of all rows before the first score comes. */
  record Population(long rows, double weight, double positive, double negative) {
    static Population of(ScoreTally all) {
      return new Population(all.rows(), all.weight(), all.positive(), all.negative());
    }

    MetricValue value(Metric metric, double value) {
      return MetricValue.of(metric, value, rows, weight);
    }

    MetricValue absent(Metric metric, String reason) {
      return MetricValue.absent(metric, reason, rows, weight);
    }
  }

  /** One of the metrics, or several that go together. */
  interface Part {
    void add(Step step);

    List<MetricValue> values();
  }

  private final ScoreTally above = new ScoreTally();
  private final List<Part> parts;
  private double positiveAbove;
  private double negativeAbove;
  private double last = Double.POSITIVE_INFINITY;

  private RankedScores(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * All metrics of true and false.
   *
   * @param all the tally of all rows
   * @param threshold from which score on a row counts as positive
   */
  public static RankedScores all(ScoreTally all, double threshold, List<EvaluateSpec.Top> top) {
    Population population = Population.of(all);
    List<Part> parts = new ArrayList<>();
    parts.add(new RocArea());
    parts.add(new AveragePrecision(population));
    parts.add(new ProbabilityErrors(population));
    parts.add(new Calibration(population));
    parts.add(new ThresholdCounts(population, threshold));
    top.forEach(rows -> parts.add(new TopRows(population, rows)));
    return new RankedScores(parts);
  }

  /** The area under the ROC curve alone. */
  public static RankedScores area() {
    return new RankedScores(List.of(new RocArea()));
  }

  /** Adds the rows of the next lower score. */
  public void add(double score, ScoreTally tally) {
    if (!(score < last)) {
      throw new IllegalArgumentException(
          "Cannot add score %s behind %s: scores come in descending order, each once"
              .formatted(score, last));
    }
    last = score;
    Step step =
        new Step(score, tally, tally.positive(), tally.negative(), positiveAbove, negativeAbove);
    above.add(tally);
    positiveAbove = above.positive();
    negativeAbove = above.negative();
    for (Part part : parts) {
      part.add(step);
    }
  }

  /** What was measured, once the lowest score was added. */
  public List<MetricValue> values() {
    return parts.stream().flatMap(part -> part.values().stream()).toList();
  }
}
