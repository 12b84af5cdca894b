package io.millrace.learn.glm;

/** Some thousand rows in the form that is kept. Immutable. */
final class RowChunk {
  private static final long ARRAY_HEADERS = 160;

  private final double[] labels;
  private final double[] weights;
  private final double[] dense;
  private final ColumnEntries ones;
  private final ColumnEntries others;
  private final double[] otherValues;
  private final int denseColumns;

  /**
   * @param weights of each row, or one that all rows have
   * @param dense values of the dense columns, row after row
   * @param ones sparse columns that are 1
   * @param others sparse columns that are neither 0 nor 1
   * @param otherValues what these are
   */
  RowChunk(
      double[] labels,
      double[] weights,
      double[] dense,
      ColumnEntries ones,
      ColumnEntries others,
      double[] otherValues) {
    this.labels = labels;
    this.weights = weights;
    this.dense = dense;
    this.ones = ones;
    this.others = others;
    this.otherValues = otherValues;
    denseColumns = labels.length == 0 ? 0 : dense.length / labels.length;
  }

  int rows() {
    return labels.length;
  }

  double label(int row) {
    return labels[row];
  }

  double weight(int row) {
    return weights.length == 1 ? weights[0] : weights[row];
  }

  void copyDense(int row, double[] to) {
    System.arraycopy(dense, row * denseColumns, to, 0, denseColumns);
  }

  /** How many sparse entries a row has. */
  int entries(int row) {
    return ones.start(row + 1) - ones.start(row) + others.start(row + 1) - others.start(row);
  }

  /** Writes a row's sparse entries, columns ascending, and returns where they end. */
  int copySparse(int row, int[] columns, double[] values, int from) {
    int one = ones.start(row);
    int lastOne = ones.start(row + 1);
    int other = others.start(row);
    int lastOther = others.start(row + 1);
    int at = from;
    while (one < lastOne || other < lastOther) {
      if (other == lastOther || (one < lastOne && ones.column(one) < others.column(other))) {
        columns[at] = ones.column(one++);
        values[at++] = 1;
      } else {
        columns[at] = others.column(other);
        values[at++] = otherValues[other++];
      }
    }
    return at;
  }

  long bytes() {
    return ARRAY_HEADERS
        + 8L * (labels.length + weights.length + dense.length + otherValues.length)
        + ones.bytes()
        + others.bytes();
  }
}
