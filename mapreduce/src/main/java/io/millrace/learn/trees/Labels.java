package io.millrace.learn.trees;

import java.util.Arrays;

/** Labels and weights of rows, in their order; it grows. Not thread-safe. */
final class Labels {
  private static final int FIRST_LENGTH = 1024;

  private float[] labels = new float[FIRST_LENGTH];
  private float[] weights = new float[FIRST_LENGTH];
  private int rows;
  private double weight;
  private double weightedLabel;

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException where there are too many
   */
  void add(float label, float rowWeight) {
    if (rows == labels.length) {
      int longer = longer(rows);
      labels = Arrays.copyOf(labels, longer);
      weights = Arrays.copyOf(weights, longer);
    }
    labels[rows] = label;
    weights[rows++] = rowWeight;
    weight += rowWeight;
    weightedLabel += (double) rowWeight * label;
  }

  private static int longer(int length) {
    int most = Integer.MAX_VALUE - 8;
    if (length == most) {
      throw new IllegalArgumentException(
          "Cannot hold more than %,d rows in one task: sample them".formatted(most));
    }
    return (int) Math.min(most, length + (long) (length >> 1));
  }

  int rows() {
    return rows;
  }

  float label(int row) {
    return labels[row];
  }

  float weight(int row) {
    return weights[row];
  }

  /** Sum of the weights. */
  double weight() {
    return weight;
  }

  /** Weighted mean of the labels. */
  double mean() {
    return weightedLabel / weight;
  }

  /** Whether all labels are one number. */
  boolean areEqual() {
    for (int row = 1; row < rows; row++) {
      if (labels[row] != labels[0]) {
        return false;
      }
    }
    return true;
  }

  /** The least label. */
  float least() {
    float least = Float.POSITIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      least = Math.min(least, labels[row]);
    }
    return least;
  }

  boolean areFinite() {
    for (int row = 0; row < rows; row++) {
      if (!Float.isFinite(labels[row])) {
        return false;
      }
    }
    return true;
  }
}
