package io.millrace.learn.metrics;

import io.millrace.aggregate.ExactSum;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the classes that a model finds are like: the confusion matrix and the log loss, which merge
 * in any order to the bit. Not thread-safe.
 */
public final class ClassTotals implements MergeableTotals {
  private record Found(String label, String found) {
    static final Comparator<Found> ORDER =
        Comparator.comparing(Found::label).thenComparing(Found::found);
  }

  private static final class Cell {
    private final ExactSum weight = new ExactSum();
    private long rows;
  }

  private final SortedMap<Found, Cell> cells = new TreeMap<>(Found.ORDER);
  private final ExactSum logLoss = new ExactSum();
  private long withoutProbability;

  /** Adds a row whose model gives no probabilities. */
  public void add(String label, String found, double weight) {
    withoutProbability++;
    addFound(label, found, weight);
  }

  /**
   * Adds a row.
   *
   * @param probability that the model gives the label: 0 where it does not know the class
   */
  public void add(String label, String found, double probability, double weight) {
    logLoss.add(weight, ProbabilityErrors.loss(probability));
    addFound(label, found, weight);
  }

  private void addFound(String label, String found, double weight) {
    Cell cell = cells.computeIfAbsent(new Found(label, found), key -> new Cell());
    cell.rows++;
    cell.weight.add(weight);
  }

  public ClassTotals add(ClassTotals other) {
    withoutProbability += other.withoutProbability;
    logLoss.add(other.logLoss);
    other.cells.forEach(
        (key, from) -> {
          Cell cell = cells.computeIfAbsent(key, found -> new Cell());
          cell.rows += from.rows;
          cell.weight.add(from.weight);
        });
    return this;
  }

  @Override
  public ClassTotals add(ByteCursor encoded) {
    withoutProbability += encoded.readVarint();
    logLoss.add(encoded);
    for (long left = encoded.readVarint(); left > 0; left--) {
      Cell cell =
          cells.computeIfAbsent(
              new Found(readText(encoded), readText(encoded)), found -> new Cell());
      cell.rows += encoded.readVarint();
      cell.weight.add(encoded);
    }
    return this;
  }

  @Override
  public void write(ByteBuilder out) {
    out.putVarint(withoutProbability);
    logLoss.write(out);
    out.putVarint(cells.size());
    cells.forEach(
        (found, cell) -> {
          putText(found.label(), out);
          putText(found.found(), out);
          out.putVarint(cell.rows);
          cell.weight.write(out);
        });
  }

  private static String readText(ByteCursor encoded) {
    int length = encoded.readLength();
    return new String(encoded.array(), encoded.advance(length), length, StandardCharsets.UTF_8);
  }

  private static void putText(String text, ByteBuilder out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.putSlice(utf8, 0, utf8.length);
  }

  /** The classes that rows have. */
  public List<String> labels() {
    return cells.keySet().stream().map(Found::label).distinct().toList();
  }

  public long rows() {
    return cells.values().stream().mapToLong(cell -> cell.rows).sum();
  }

  /** The mean of −ln of the probability of the label. */
  public MetricValue logLoss() {
    return withoutProbability > 0
        ? MetricValue.absent(
            Metric.LOG_LOSS, "the model gives no probabilities", rows(), weight().value())
        : value(Metric.LOG_LOSS, logLoss);
  }

  /** What was measured. */
  public List<MetricValue> values() {
    if (cells.isEmpty()) {
      return List.of();
    }
    List<MetricValue> values = new ArrayList<>();
    values.add(logLoss());
    ExactSum right = new ExactSum();
    cells.forEach(
        (found, cell) -> {
          if (found.label().equals(found.found())) {
            right.add(cell.weight);
          }
        });
    values.add(value(Metric.ACCURACY, right));
    cells.forEach(
        (found, cell) -> {
          double weight = cell.weight.value();
          values.add(
              MetricValue.of(Metric.CONFUSION, weight, cell.rows, weight)
                  .of(found.label())
                  .at(found.found()));
        });
    return values;
  }

  private MetricValue value(Metric metric, ExactSum sum) {
    ExactSum weight = weight();
    return MetricValue.of(metric, sum.dividedBy(weight), rows(), weight.value());
  }

  private ExactSum weight() {
    ExactSum sum = new ExactSum();
    cells.values().forEach(cell -> sum.add(cell.weight));
    return sum;
  }
}
