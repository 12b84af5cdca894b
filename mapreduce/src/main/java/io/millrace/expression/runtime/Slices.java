package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text values: offset and length within {@link Row#bytes} as one {@code long}. */
public final class Slices {
  /** No text at all. */
  public static final long NONE = -1;

  private Slices() {}

  public static long of(int offset, int length) {
    return ((long) offset << 32) | length;
  }

  public static int offset(long slice) {
    return (int) (slice >>> 32);
  }

  public static int length(long slice) {
    return (int) slice;
  }

  public static boolean areEqual(Row row, long left, long right) {
    int length = length(left);
    return length == length(right)
        && Arrays.equals(
            row.bytes,
            offset(left),
            offset(left) + length,
            row.bytes,
            offset(right),
            offset(right) + length);
  }

  /** Order of code points, which is the order of UTF-8 bytes. */
  public static int compare(Row row, long left, long right) {
    return Arrays.compareUnsigned(
        row.bytes,
        offset(left),
        offset(left) + length(left),
        row.bytes,
        offset(right),
        offset(right) + length(right));
  }

  public static String string(Row row, long slice) {
    return new String(row.bytes, offset(slice), length(slice), StandardCharsets.UTF_8);
  }

  /** Copies text behind the record. */
  public static long ofString(Row row, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int start = row.allocate(utf8.length);
    System.arraycopy(utf8, 0, row.bytes, start, utf8.length);
    return of(start, utf8.length);
  }
}
