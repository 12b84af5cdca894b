package io.millrace.learn.glm;

import java.util.Arrays;

/**
 * Which design columns are kept as arrays, being numbers in most rows, and which as entries. Both
 * are numbered from 0; the place of a dense column is minus its number, minus one.
 */
final class ColumnSplit {
  private final int[] places;
  private final int[] denseColumns;

  private ColumnSplit(int[] places, int[] denseColumns) {
    this.places = places;
    this.denseColumns = denseColumns;
  }

  static ColumnSplit none() {
    return new ColumnSplit(new int[0], new int[0]);
  }

  /** By the first rows of a file: an array pays where at least half of them have a number. */
  static ColumnSplit of(RowCollector first, int width) {
    int[] counts = first.valuesByColumn();
    int[] places = new int[width];
    int[] denseColumns = new int[width];
    int dense = 0;
    int sparse = 0;
    for (int column = 0; column < width; column++) {
      if (2 * counts[column] >= first.rows()) {
        denseColumns[dense] = column;
        places[column] = -1 - dense++;
      } else {
        places[column] = sparse++;
      }
    }
    return new ColumnSplit(places, Arrays.copyOf(denseColumns, dense));
  }

  int place(int column) {
    return places[column];
  }

  static boolean isDense(int place) {
    return place < 0;
  }

  static int denseNumber(int place) {
    return -1 - place;
  }

  int width() {
    return places.length;
  }

  /** The number of dense columns. */
  int dense() {
    return denseColumns.length;
  }

  /** The number of the others. */
  int sparse() {
    return places.length - denseColumns.length;
  }

  long bytes() {
    return 4L * (places.length + denseColumns.length);
  }
}
