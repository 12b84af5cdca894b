package io.millrace.learn.glm;

import java.util.Arrays;

/**
 * A few rows, unpacked so that they stay in the processor's cache while sums are taken: dense
 * values with a 1 for the intercept behind them, and sparse entries with their values. Each dense
 * row is an array of its own, because the compiler makes vector instructions of loops over arrays
 * that count from the same index. Reused.
 */
final class RowTile {
  static final int ROWS = 64;

  /** Length of a dense row: the dense columns, and the intercept. */
  final int stride;

  final double[][] dense;
  final int[] starts = new int[ROWS + 1];
  int[] columns = new int[ROWS];
  double[] values = new double[ROWS];
  int rows;

  RowTile(int denseColumns) {
    stride = denseColumns + 1;
    dense = new double[ROWS][stride];
    for (double[] row : dense) {
      row[denseColumns] = 1;
    }
  }

  void fill(RowChunk chunk, int from) {
    rows = Math.min(ROWS, chunk.rows() - from);
    int at = 0;
    for (int row = 0; row < rows; row++) {
      chunk.copyDense(from + row, dense[row]);
      int needed = at + chunk.entries(from + row);
      if (needed > columns.length) {
        columns = Arrays.copyOf(columns, 2 * needed);
        values = Arrays.copyOf(values, 2 * needed);
      }
      at = chunk.copySparse(from + row, columns, values, at);
      starts[row + 1] = at;
    }
  }

  /** β₀ + Σⱼ βⱼ·xⱼ of one row. */
  double margin(int row, double[] denseBeta, double[] sparseBeta) {
    double[] x = dense[row];
    // four sums at once: each addition waits for the one before it
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 3 < stride; j += 4) {
      a += denseBeta[j] * x[j];
      b += denseBeta[j + 1] * x[j + 1];
      c += denseBeta[j + 2] * x[j + 2];
      d += denseBeta[j + 3] * x[j + 3];
    }
    for (; j < stride; j++) {
      a += denseBeta[j] * x[j];
    }
    double sparse = 0;
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      sparse += sparseBeta[columns[i]] * values[i];
    }
    return (a + b) + (c + d) + sparse;
  }

  /** Adds factor·x of one row. */
  void addRow(int row, double factor, double[] toDense, double[] toSparse) {
    double[] x = dense[row];
    for (int j = 0; j < stride; j++) {
      toDense[j] += factor * x[j];
    }
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      toSparse[columns[i]] += factor * values[i];
    }
  }

  /** Adds factor·x² of one row. */
  void addSquares(int row, double factor, double[] toDense, double[] toSparse) {
    double[] x = dense[row];
    for (int j = 0; j < stride; j++) {
      toDense[j] += factor * x[j] * x[j];
    }
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      toSparse[columns[i]] += factor * values[i] * values[i];
    }
  }
}
