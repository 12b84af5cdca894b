package io.millrace.learn;

/**
 * One row of a design matrix, sparse and reused: {@link #size} values, and the design columns that
 * they stand in, ascending. A column that is not named holds 0; NaN (not known, which trees can
 * take) is named. The arrays are public because loops over all rows read them. Not thread-safe.
 */
public final class DesignRow {
  public final int[] indices;
  public final double[] values;
  public int size;

  /**
   * @param width design columns that there are
   */
  public DesignRow(int width) {
    indices = new int[width];
    values = new double[width];
  }

  public void clear() {
    size = 0;
  }

  /** Appends a value; zeros are left out. The column lies behind all that were added. */
  public void add(int index, double value) {
    if (value != 0) {
      indices[size] = index;
      values[size++] = value;
    }
  }
}
