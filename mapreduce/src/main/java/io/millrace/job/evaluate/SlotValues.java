package io.millrace.job.evaluate;

import io.millrace.row.Row;

/**
 * The values of some slots of several rows that were decoded from one buffer of a {@link Row}; text
 * stays there. Not thread-safe.
 */
final class SlotValues {
  private final int[] slots;
  private final long[][] longs;
  private final double[][] doubles;
  private final int[][] offsets;
  private final int[][] lengths;
  private final boolean[][] nulls;

  SlotValues(int[] slots, int rows) {
    this.slots = slots.clone();
    longs = new long[slots.length][rows];
    doubles = new double[slots.length][rows];
    offsets = new int[slots.length][rows];
    lengths = new int[slots.length][rows];
    nulls = new boolean[slots.length][rows];
  }

  /** Notes the values of a row under a number. */
  void take(int number, Row row) {
    for (int i = 0; i < slots.length; i++) {
      longs[i][number] = row.longs[slots[i]];
      doubles[i][number] = row.doubles[slots[i]];
      offsets[i][number] = row.offsets[slots[i]];
      lengths[i][number] = row.lengths[slots[i]];
      nulls[i][number] = row.nulls[slots[i]];
    }
  }

  /** Puts all values of a number into the row. */
  void put(int number, Row row) {
    for (int i = 0; i < slots.length; i++) {
      put(number, i, row);
    }
  }

  /**
   * Puts one value of a number into the row.
   *
   * @param slot its place among the slots
   */
  void put(int number, int slot, Row row) {
    row.longs[slots[slot]] = longs[slot][number];
    row.doubles[slots[slot]] = doubles[slot][number];
    row.offsets[slots[slot]] = offsets[slot][number];
    row.lengths[slots[slot]] = lengths[slot][number];
    row.nulls[slots[slot]] = nulls[slot][number];
  }
}
