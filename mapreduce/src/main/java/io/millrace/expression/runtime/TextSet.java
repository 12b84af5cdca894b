package io.millrace.expression.runtime;

import io.millrace.row.Row;

/**
 * The texts of a long IN list. They lie in the row's constants, each behind its length as four
 * bytes, and are hashed at first use.
 */
public final class TextSet {
  private final long constant;
  private final int count;

  /** Open addressing; 0 is a free place, as a slice of constants never starts at offset 0. */
  private long[] table = new long[0];

  /**
   * @param constant where the list lies in the row
   * @param count how many texts it has
   */
  public TextSet(long constant, int count) {
    this.constant = constant;
    this.count = count;
  }

  public boolean contains(Row row, long text) {
    if (table.length == 0) {
      read(row);
    }
    int mask = table.length - 1;
    for (int place = hash(row.bytes, text) & mask; table[place] != 0; place = (place + 1) & mask) {
      if (Slices.areEqual(row, table[place], text)) {
        return true;
      }
    }
    return false;
  }

  private void read(Row row) {
    table = new long[Integer.highestOneBit(Math.max(count, 1)) * 4];
    int mask = table.length - 1;
    int at = Slices.offset(constant);
    for (int i = 0; i < count; i++) {
      int length = 0;
      for (int digit = 0; digit < Integer.BYTES; digit++) {
        length = length << 8 | (row.bytes[at++] & 0xFF);
      }
      long text = Slices.of(at, length);
      int place = hash(row.bytes, text) & mask;
      while (table[place] != 0) {
        place = (place + 1) & mask;
      }
      table[place] = text;
      at += length;
    }
  }

  private static int hash(byte[] bytes, long text) {
    int hash = 1;
    int offset = Slices.offset(text);
    for (int i = offset; i < offset + Slices.length(text); i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 16);
  }
}
