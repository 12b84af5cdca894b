package io.millrace.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of a few bytes, read eight at a time, for tables in memory: nothing that is stored hangs
 * on it. Its high bits are the better ones.
 */
final class ShortHash {
  /** Of as many bytes or fewer, different ones of one length have different hashes. */
  static final int UNIQUE = Long.BYTES;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** An odd number with bits all over: 2^64 divided by the golden ratio. */
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private ShortHash() {}

  static long of(byte[] source, int offset, int length) {
    if (length <= Long.BYTES) {
      return mixed(word(source, offset, length));
    }
    int last = offset + length - Long.BYTES;
    long hash = length;
    for (int at = offset; at < last; at += Long.BYTES) {
      hash = mixed(hash ^ (long) WORD.get(source, at));
    }
    return mixed(hash ^ (long) WORD.get(source, last));
  }

  /** Up to eight bytes as a number, the first one lowest. */
  private static long word(byte[] source, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (offset + Long.BYTES <= source.length) {
      return (long) WORD.get(source, offset) & (-1L >>> (Long.SIZE - length * Byte.SIZE));
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | (source[offset + i] & 0xFF);
    }
    return word;
  }

  /**
   * One to one: low bits reach the high ones by the product, high bits the low ones by the shift.
   */
  private static long mixed(long bits) {
    long product = bits * FACTOR;
    return (product ^ product >>> 32) * FACTOR;
  }
}
