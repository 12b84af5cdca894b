package io.millrace.learn.glm;

import io.millrace.learn.DesignRow;
import java.util.Arrays;

/** Rows on their way into a {@link RowChunk}. Reused for one chunk after the other. */
final class RowCollector {
  private final int width;
  private final int[] starts;
  private final double[] labels;
  private final double[] weights;
  private int[] indices = new int[1024];
  private double[] values = new double[1024];
  private int rows;

  RowCollector(int width, int capacity) {
    this.width = width;
    starts = new int[capacity + 1];
    labels = new double[capacity];
    weights = new double[capacity];
  }

  int rows() {
    return rows;
  }

  void dropLast() {
    rows--;
  }

  void clear() {
    rows = 0;
  }

  void add(DesignRow row, double label, double weight) {
    int at = starts[rows];
    if (at + row.size > indices.length) {
      int capacity = Math.max(at + row.size, 2 * indices.length);
      indices = Arrays.copyOf(indices, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    int last = -1;
    for (int i = 0; i < row.size; i++) {
      int index = row.indices[i];
      double value = row.values[i];
      if (index <= last || index >= width) {
        throw new IllegalArgumentException(
            "Cannot add design column " + index + " after " + last + " of " + width);
      }
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "Cannot fit to the value " + value + " of design column " + index);
      }
      last = index;
      if (value != 0) {
        indices[at] = index;
        values[at] = value;
        at++;
      }
    }
    labels[rows] = label;
    weights[rows] = weight;
    rows++;
    starts[rows] = at;
  }

  /** In how many rows each column has a value other than 0 and 1. */
  int[] valuesByColumn() {
    int[] counts = new int[width];
    for (int i = 0; i < starts[rows]; i++) {
      if (values[i] != 1) {
        counts[indices[i]]++;
      }
    }
    return counts;
  }

  /** The rows, in the form that is kept. */
  RowChunk chunk(ColumnSplit split) {
    int dense = split.dense();
    double[] numbers = new double[rows * dense];
    int[] ones = new int[starts[rows]];
    int[] oneStarts = new int[rows + 1];
    int[] others = new int[starts[rows]];
    double[] otherValues = new double[starts[rows]];
    int[] otherStarts = new int[rows + 1];
    int one = 0;
    int other = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        int place = split.place(indices[i]);
        if (ColumnSplit.isDense(place)) {
          numbers[row * dense + ColumnSplit.denseNumber(place)] = values[i];
        } else if (values[i] == 1) {
          ones[one++] = place;
        } else {
          others[other] = place;
          otherValues[other++] = values[i];
        }
      }
      oneStarts[row + 1] = one;
      otherStarts[row + 1] = other;
    }
    return new RowChunk(
        Arrays.copyOf(labels, rows),
        sameWeights() ? new double[] {rows == 0 ? 1 : weights[0]} : Arrays.copyOf(weights, rows),
        numbers,
        new ColumnEntries(oneStarts, Arrays.copyOf(ones, one), split.sparse()),
        new ColumnEntries(otherStarts, Arrays.copyOf(others, other), split.sparse()),
        Arrays.copyOf(otherValues, other));
  }

  private boolean sameWeights() {
    for (int row = 1; row < rows; row++) {
      if (weights[row] != weights[0]) {
        return false;
      }
    }
    return true;
  }

  /** Memory of the arrays. */
  long bytes() {
    return 20L * labels.length + 12L * indices.length;
  }
}
