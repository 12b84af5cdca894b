package io.millrace.job.evaluate;

import io.millrace.avro.Evaluation;
import io.millrace.job.evaluate.EvaluateKey.Group;
import io.millrace.learn.metrics.EvaluationReport.Entry;
import io.millrace.learn.metrics.Metric;
import io.millrace.learn.metrics.MetricValue;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what was measured of one group after the other, in the order of {@link EvaluateKey}, and
 * makes records of it: of shuffled inputs what was lost against the same rows unshuffled. Not
 * thread-safe.
 */
final class EvaluationWriter {
  /** Takes records. */
  interface Sink {
    void write(Evaluation stored) throws IOException, InterruptedException;
  }

  private final EvaluateSettings settings;
  private final Sink sink;
  private @Nullable MetricValue unshuffled;

  EvaluationWriter(EvaluateSettings settings, Sink sink) {
    this.settings = settings;
    this.sink = sink;
  }

  void write(Group group, Measurement measurement) throws IOException, InterruptedException {
    if (group.isPermuted()) {
      writePermuted(group, headline(measurement), measurement.headline());
      return;
    }
    for (MetricValue value : measurement.values()) {
      write(group, value);
    }
  }

  private static Optional<MetricValue> headline(Measurement measurement) {
    return measurement.scored().stream()
        .filter(value -> value.metric() == measurement.headline() && value.label().isEmpty())
        .findFirst();
  }

  private void writePermuted(Group group, Optional<MetricValue> found, Metric headline)
      throws IOException, InterruptedException {
    if (group.permuted() == 0) {
      unshuffled = found.orElse(null);
    } else if (unshuffled != null && found.isPresent()) {
      String input = settings.permutations().inputs().get(group.permuted() - 1);
      write(group, loss(unshuffled, found.get(), headline).at(input));
    }
  }

  private static MetricValue loss(MetricValue before, MetricValue after, Metric headline) {
    if (before.value().isEmpty() || after.value().isEmpty()) {
      String reason =
          before.reason().or(after::reason).orElseThrow(); // one of the two has no value
      return MetricValue.absent(
          Metric.PERMUTATION_IMPORTANCE, reason, before.rows(), before.weight());
    }
    double rise = after.value().getAsDouble() - before.value().getAsDouble();
    return MetricValue.of(
        Metric.PERMUTATION_IMPORTANCE,
        headline.better() == Metric.Better.LOWER ? rise : 0 - rise,
        before.rows(),
        before.weight());
  }

  private void write(Group group, MetricValue value) throws IOException, InterruptedException {
    sink.write(
        new Entry(settings.models().get(group.model()).role(), group.part(), group.segment(), value)
            .toRecord());
  }
}
