package io.millrace.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads Avro's binary primitives from a slice of bytes. Running out of bytes throws. Not
 * thread-safe.
 */
public final class ByteCursor {
  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] array = new byte[0];
  private int position;
  private int limit;

  public ByteCursor reset(byte[] source, int offset, int length) {
    array = source;
    position = offset;
    limit = offset + length;
    return this;
  }

  public byte[] array() {
    return array;
  }

  public int position() {
    return position;
  }

  public void position(int newPosition) {
    position = newPosition;
  }

  public int remaining() {
    return limit - position;
  }

  public boolean hasRemaining() {
    return position < limit;
  }

  public byte readByte() {
    int at = advance(1);
    return array[at];
  }

  /** Avro int or long: zig-zag, variable length. */
  public long readVarint() {
    int at = position;
    // most numbers are small
    if (at < limit && array[at] >= 0) {
      position = at + 1;
      long bits = array[at];
      return (bits >>> 1) ^ -(bits & 1);
    }
    return readLongVarint();
  }

  private long readLongVarint() {
    long bits = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte next = readByte();
      bits |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new IllegalArgumentException("Cannot read a number: more than ten bytes");
  }

  /** Eight bytes, most significant first. */
  public long readBigEndian() {
    return (long) BIG_LONG.get(array, advance(Long.BYTES));
  }

  public double readDouble() {
    return Double.longBitsToDouble((long) LITTLE_LONG.get(array, advance(Double.BYTES)));
  }

  public float readFloat() {
    return Float.intBitsToFloat((int) LITTLE_INT.get(array, advance(Float.BYTES)));
  }

  /** The length of the string or bytes that follow; the cursor stands at their first byte. */
  public int readLength() {
    long length = readVarint();
    if (length < 0 || length > remaining()) {
      throw new IllegalArgumentException(
          "Cannot read " + length + " bytes: " + remaining() + " are left");
    }
    return (int) length;
  }

  /** Moves on and returns where the cursor stood. */
  public int advance(int count) {
    int at = position;
    if (count < 0 || count > limit - at) {
      throw new IllegalArgumentException(
          "Cannot read " + count + " bytes: " + remaining() + " are left");
    }
    position = at + count;
    return at;
  }
}
