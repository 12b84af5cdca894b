package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.util.Arrays;

/**
 * The numbers of a long IN list, or the bits of DOUBLE ones. They lie in the row's constants, eight
 * bytes each, in ascending order, and are read at first use.
 */
public final class LongSet {
  private final long constant;
  private long[] values = new long[0];

  /**
   * @param constant where the list lies in the row; not empty
   */
  public LongSet(long constant) {
    this.constant = constant;
  }

  public boolean contains(Row row, long value) {
    if (values.length == 0) {
      read(row);
    }
    return Arrays.binarySearch(values, value) >= 0;
  }

  public boolean containsDouble(Row row, double value) {
    return contains(row, bits(value));
  }

  /** Equal numbers have equal bits: -0 has those of 0. */
  public static long bits(double value) {
    return Double.doubleToLongBits(value + 0.0);
  }

  private void read(Row row) {
    long[] read = new long[Slices.length(constant) / Long.BYTES];
    int at = Slices.offset(constant);
    for (int i = 0; i < read.length; i++) {
      for (int digit = 0; digit < Long.BYTES; digit++) {
        read[i] = read[i] << 8 | (row.bytes[at++] & 0xFF);
      }
    }
    values = read;
  }
}
