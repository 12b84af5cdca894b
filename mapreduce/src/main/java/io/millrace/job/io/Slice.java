package io.millrace.job.io;

import io.millrace.sort.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A view of bytes, used as key and value of the shuffle. On the reduce side it is valid until the
 * next record, so copy what you keep. Ordered by unsigned bytes.
 */
public final class Slice implements Bytes, OutputRecords, Comparable<Slice> {
  private byte[] array = new byte[0];
  private int offset;
  private int length;

  public Slice() {}

  public Slice(byte[] array) {
    set(array, 0, array.length);
  }

  /** A slice of a text's UTF-8, for names and tests. */
  public static Slice of(String text) {
    return new Slice(text.getBytes(StandardCharsets.UTF_8));
  }

  public Slice set(byte[] newArray, int newOffset, int newLength) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    return this;
  }

  @Override
  public byte[] array() {
    return array;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int length() {
    return length;
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  @Override
  public int compareTo(Slice other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }
}
