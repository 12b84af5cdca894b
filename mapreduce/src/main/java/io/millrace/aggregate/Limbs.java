package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Sums of integers that are several longs wide, the least significant first, in two's complement.
 */
final class Limbs {
  private Limbs() {}

  /** Adds {@code value * 2^bit}; what goes beyond the last limb is lost. */
  static void add(long[] limbs, int from, int count, Fixed128 value, int bit) {
    int first = bit / Long.SIZE;
    int shift = bit % Long.SIZE;
    long sign = value.high >> 63;
    long carry = 0;
    for (int i = first; i < count; i++) {
      long part =
          switch (i - first) {
            case 0 -> value.low << shift;
            case 1 -> shift == 0 ? value.high : value.high << shift | value.low >>> -shift;
            case 2 -> shift == 0 ? sign : value.high >> -shift;
            default -> sign;
          };
      // once sign and carry cancel, nothing above changes
      if (i > first + 2 && part + carry == 0) {
        return;
      }
      carry = add(limbs, from + i, part, carry);
    }
  }

  /** Adds another number of as many limbs. */
  static void add(long[] limbs, int from, int count, long[] others, int othersFrom) {
    long carry = 0;
    for (int i = 0; i < count; i++) {
      carry = add(limbs, from + i, others[othersFrom + i], carry);
    }
  }

  /** Adds the big-endian two's complement number in the bytes, times 2^bit. */
  static void add(
      long[] limbs, int from, int count, byte[] source, int offset, int length, int bit) {
    Fixed128 part = new Fixed128();
    int end = offset + length;
    int weight = bit;
    for (; end - offset > Long.BYTES; end -= Long.BYTES) {
      part.read(source, end - Long.BYTES, Long.BYTES);
      part.set(0, part.low);
      add(limbs, from, count, part, weight);
      weight += Long.SIZE;
    }
    part.read(source, offset, end - offset);
    add(limbs, from, count, part, weight);
  }

  /** Adds to one limb and returns the carry. */
  private static long add(long[] limbs, int at, long value, long carry) {
    long sum = limbs[at] + value;
    boolean wrapped = Long.compareUnsigned(sum, value) < 0;
    long withCarry = sum + carry;
    limbs[at] = withCarry;
    return wrapped || (carry == 1 && withCarry == 0) ? 1 : 0;
  }

  /** Appends a number that is not negative, in the canonical form of {@link Dyadic#write}. */
  static void write(long[] limbs, int from, int count, int exponent, ByteBuilder out) {
    int top = count - 1;
    while (top >= 0 && limbs[from + top] == 0) {
      top--;
    }
    if (top < 0) {
      out.putVarint(0);
      return;
    }
    int zeros = 0;
    while (limbs[from + zeros / Long.SIZE] == 0) {
      zeros += Long.SIZE;
    }
    zeros += Long.numberOfTrailingZeros(limbs[from + zeros / Long.SIZE]);
    int bits = (top + 1) * Long.SIZE - Long.numberOfLeadingZeros(limbs[from + top]);
    int lengthAt = out.length();
    out.putByte(0).putVarint(exponent + zeros);
    for (int shift = zeros + (bits - zeros) / Byte.SIZE * Byte.SIZE;
        shift >= zeros;
        shift -= Byte.SIZE) {
      out.putByte(byteAt(limbs, from, count, shift));
    }
    // at most 3 + 32 bytes of 4 limbs: the length is one byte, doubled by zig-zag
    out.array()[lengthAt] = (byte) ((out.length() - lengthAt - 1) << 1);
  }

  /** The eight bits from one on. */
  private static int byteAt(long[] limbs, int from, int count, int bit) {
    int limb = bit / Long.SIZE;
    int shift = bit % Long.SIZE;
    long low = limb < count ? limbs[from + limb] >>> shift : 0;
    long high =
        shift > Long.SIZE - Byte.SIZE && limb + 1 < count ? limbs[from + limb + 1] << -shift : 0;
    return (int) (low | high);
  }

  static BigInteger toBigInteger(long[] limbs, int from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
    for (int i = count - 1; i >= 0; i--) {
      bytes.putLong(limbs[from + i]);
    }
    return new BigInteger(bytes.array());
  }
}
