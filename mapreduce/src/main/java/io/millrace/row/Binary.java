package io.millrace.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Avro's binary primitives (Avro specification, "Binary Encoding") written into an array that has
 * the room. Each says where the next one starts.
 */
final class Binary {
  /** How many bytes behind a copy may be written over. */
  static final int COPIED_OVER = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Binary() {}

  /** An int or long: zig-zag, variable length. */
  static int putVarint(byte[] array, int start, long value) {
    int at = start;
    long zigZag = (value << 1) ^ (value >> 63);
    while ((zigZag & ~0x7FL) != 0) {
      array[at++] = (byte) (zigZag | 0x80);
      zigZag >>>= 7;
    }
    array[at++] = (byte) zigZag;
    return at;
  }

  static int putDouble(byte[] array, int at, double value) {
    LONG.set(array, at, Double.doubleToLongBits(value));
    return at + Double.BYTES;
  }

  static int putFloat(byte[] array, int at, float value) {
    INT.set(array, at, Float.floatToIntBits(value));
    return at + Float.BYTES;
  }

  /** Big-endian two's complement of as few bytes as hold it, behind their number. */
  static int putDecimal(byte[] array, int start, long unscaled) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(unscaled ^ unscaled >> 63);
    int length = bits / Byte.SIZE + 1;
    int at = putVarint(array, start, length);
    for (int shift = (length - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      array[at++] = (byte) (unscaled >> shift);
    }
    return at;
  }

  /**
   * Copies bytes; up to {@link #COPIED_OVER} behind them may change. Few ones, as most texts are,
   * are copied in two words, which costs less than to call for it.
   */
  static void copy(byte[] source, int offset, byte[] array, int at, int length) {
    if (length <= 2 * Long.BYTES && offset + 2 * Long.BYTES <= source.length) {
      long first = (long) LONG.get(source, offset);
      long second = (long) LONG.get(source, offset + Long.BYTES);
      LONG.set(array, at, first);
      LONG.set(array, at + Long.BYTES, second);
    } else {
      System.arraycopy(source, offset, array, at, length);
    }
  }
}
