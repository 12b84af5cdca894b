package io.millrace.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte array with Avro's binary primitives (Avro specification, "Binary Encoding").
 * Reused for one record after the other. Not thread-safe.
 */
public final class ByteBuilder {
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_VARINT = 10;

  private byte[] array;
  private int length;

  public ByteBuilder(int capacity) {
    array = new byte[Math.max(capacity, 16)];
  }

  public ByteBuilder() {
    this(256);
  }

  public ByteBuilder clear() {
    length = 0;
    return this;
  }

  /** The array behind this builder, valid until the next write. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }

  /** Makes what lies before {@code newLength} all that was written. */
  public void truncate(int newLength) {
    length = newLength;
  }

  public ByteBuilder putByte(int value) {
    reserve(1);
    array[length++] = (byte) value;
    return this;
  }

  public ByteBuilder putBytes(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, array, length, count);
    length += count;
    return this;
  }

  public ByteBuilder putBytes(byte[] source) {
    return putBytes(source, 0, source.length);
  }

  /** Eight bytes, most significant first: unsigned order of bytes is unsigned order of numbers. */
  public ByteBuilder putBigEndian(long value) {
    reserve(Long.BYTES);
    BIG_LONG.set(array, length, value);
    length += Long.BYTES;
    return this;
  }

  /** Four bytes, most significant first. */
  public ByteBuilder putBigEndian(int value) {
    reserve(Integer.BYTES);
    BIG_INT.set(array, length, value);
    length += Integer.BYTES;
    return this;
  }

  /** Overwrites eight bytes that were written earlier. */
  public void setBigEndian(int offset, long value) {
    BIG_LONG.set(array, offset, value);
  }

  /** Avro int or long: zig-zag, variable length. */
  public ByteBuilder putVarint(long value) {
    reserve(MAX_VARINT);
    length = Binary.putVarint(array, length, value);
    return this;
  }

  /** Avro double. */
  public ByteBuilder putDouble(double value) {
    reserve(Double.BYTES);
    length = Binary.putDouble(array, length, value);
    return this;
  }

  /** Avro float. */
  public ByteBuilder putFloat(float value) {
    reserve(Float.BYTES);
    length = Binary.putFloat(array, length, value);
    return this;
  }

  /** Avro string or bytes: length, then the bytes. */
  public ByteBuilder putSlice(byte[] source, int offset, int count) {
    return putVarint(count).putBytes(source, offset, count);
  }

  /**
   * The array with room for so many bytes behind {@link #length()}, for somebody who writes them
   * and then says how far, by {@link #truncate}.
   */
  byte[] room(int count) {
    reserve(count);
    return array;
  }

  private void reserve(int count) {
    if (count > array.length - length) {
      grow(count);
    }
  }

  private void grow(int count) {
    int needed = Math.addExact(length, count);
    array =
        Arrays.copyOf(
            array, (int) Math.max(needed, Math.min(2L * array.length, Integer.MAX_VALUE - 16)));
  }
}
