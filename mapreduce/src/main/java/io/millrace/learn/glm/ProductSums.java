package io.millrace.learn.glm;

/**
 * Σᵢ cᵢ·xᵢ·xᵢᵀ over rows, the matrix of second derivatives of one pair of outputs. Dense columns
 * with dense ones are added four rows at a time, which is what makes it fast: it is then bound by
 * arithmetic, not by memory, and the compiler makes vector instructions of it.
 */
final class ProductSums {
  private final int stride;
  private final int sparse;

  /** Dense by dense, upper triangle of a square. */
  private final double[][] square;

  /** Sparse by dense, one row a sparse column. */
  private final double[][] mixed;

  /** Sparse by sparse, rows of the upper triangle. */
  private final double[] packed;

  ProductSums(ColumnSplit split) {
    stride = split.dense() + 1;
    sparse = split.sparse();
    square = new double[stride][stride];
    mixed = new double[sparse][stride];
    packed = new double[Math.toIntExact((long) sparse * (sparse + 1) / 2)];
  }

  /** Adds the rows of a tile, each with its factor. */
  void add(RowTile tile, double[] factors) {
    int row = 0;
    for (; row + 3 < tile.rows; row += 4) {
      addFour(tile.dense, row, factors);
    }
    for (; row < tile.rows; row++) {
      addOne(tile.dense[row], factors[row]);
    }
    for (row = 0; row < tile.rows; row++) {
      addSparse(tile, row, factors[row]);
    }
  }

  private void addFour(double[][] dense, int row, double[] factors) {
    double[] a = dense[row];
    double[] b = dense[row + 1];
    double[] c = dense[row + 2];
    double[] d = dense[row + 3];
    for (int i = 0; i < stride; i++) {
      double fa = factors[row] * a[i];
      double fb = factors[row + 1] * b[i];
      double fc = factors[row + 2] * c[i];
      double fd = factors[row + 3] * d[i];
      double[] to = square[i];
      for (int j = i; j < stride; j++) {
        to[j] += (fa * a[j] + fb * b[j]) + (fc * c[j] + fd * d[j]);
      }
    }
  }

  private void addOne(double[] x, double factor) {
    for (int i = 0; i < stride; i++) {
      double f = factor * x[i];
      double[] to = square[i];
      for (int j = i; j < stride; j++) {
        to[j] += f * x[j];
      }
    }
  }

  private void addSparse(RowTile tile, int row, double factor) {
    double[] x = tile.dense[row];
    int end = tile.starts[row + 1];
    for (int i = tile.starts[row]; i < end; i++) {
      int column = tile.columns[i];
      double f = factor * tile.values[i];
      double[] to = mixed[column];
      for (int j = 0; j < stride; j++) {
        to[j] += f * x[j];
      }
      int upper = packedRow(column);
      for (int j = i; j < end; j++) {
        packed[upper + tile.columns[j]] += f * tile.values[j];
      }
    }
  }

  private int packedRow(int column) {
    return column * sparse - column * (column - 1) / 2 - column;
  }

  /** The element of two places; the intercept's is the last dense one. */
  double at(int place, int other) {
    boolean dense = ColumnSplit.isDense(place);
    boolean otherDense = ColumnSplit.isDense(other);
    if (dense && otherDense) {
      int i = ColumnSplit.denseNumber(place);
      int j = ColumnSplit.denseNumber(other);
      return square[Math.min(i, j)][Math.max(i, j)];
    }
    if (dense) {
      return mixed[other][ColumnSplit.denseNumber(place)];
    }
    if (otherDense) {
      return mixed[place][ColumnSplit.denseNumber(other)];
    }
    return packed[packedRow(Math.min(place, other)) + Math.max(place, other)];
  }
}
