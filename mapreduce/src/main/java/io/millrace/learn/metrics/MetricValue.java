package io.millrace.learn.metrics;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One value that was measured, or why there is none.
 *
 * @param label the class that it is about, where it is about one
 * @param parameter what the metric was asked with, where it has a parameter
 * @param reason why there is no value; left out where there is one
 * @param rows how many rows it was computed of
 * @param weight the sum of their weights
 */
public record MetricValue(
    Metric metric,
    Optional<String> label,
    Optional<String> parameter,
    OptionalDouble value,
    Optional<String> reason,
    long rows,
    double weight) {
  public MetricValue {
    if (value.isPresent() == reason.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot have %s with value %s and reason %s: expected one of them"
              .formatted(metric.metricName(), value, reason));
    }
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException(
          "Cannot have %s with value %s: expected a finite number"
              .formatted(metric.metricName(), value.getAsDouble()));
    }
  }

  /** A value of a metric without label and parameter. */
  public static MetricValue of(Metric metric, double value, long rows, double weight) {
    return new MetricValue(
        metric,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.of(value),
        Optional.empty(),
        rows,
        weight);
  }

  /** That there is no value. */
  public static MetricValue absent(Metric metric, String reason, long rows, double weight) {
    return new MetricValue(
        metric,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.of(reason),
        rows,
        weight);
  }

  /** The same with a parameter. */
  public MetricValue at(String newParameter) {
    return new MetricValue(metric, label, Optional.of(newParameter), value, reason, rows, weight);
  }

  /** The same of a class. */
  public MetricValue of(String newLabel) {
    return new MetricValue(metric, Optional.of(newLabel), parameter, value, reason, rows, weight);
  }
}
