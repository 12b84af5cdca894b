package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * An exact sum of any doubles: a two's complement integer that counts units of 2^-1074, the
 * smallest double, and is wide enough for 2^200 of the largest. After Radford M. Neal, "Fast exact
 * summation using small and large superaccumulators", with 64-bit limbs and carries at once.
 */
final class WideSum {
  static final int UNIT = -1074;

  private static final int LIMBS = 36;
  static final int BYTES = LIMBS * Long.BYTES;

  private static final int MAX_EXPONENT = 1200;

  /** Least significant first. */
  private final long[] limbs = new long[LIMBS];

  /** Adds {@code value * 2^exponent}. */
  void add(Fixed128 value, int exponent) {
    if (exponent < UNIT || exponent > MAX_EXPONENT - value.bitLength()) {
      throw new IllegalArgumentException(
          "Cannot add a number with exponent " + exponent + ": no sum of doubles has it");
    }
    int bit = exponent - UNIT;
    int limb = bit / Long.SIZE;
    int shift = bit % Long.SIZE;
    long sign = value.high >> 63;
    long carry;
    if (shift == 0) {
      carry = addTo(limb, value.low, 0);
      carry = addTo(limb + 1, value.high, carry);
      carry = addTo(limb + 2, sign, carry);
    } else {
      carry = addTo(limb, value.low << shift, 0);
      carry = addTo(limb + 1, value.high << shift | value.low >>> -shift, carry);
      carry = addTo(limb + 2, value.high >> -shift, carry);
    }
    // once sign and carry cancel, nothing above changes
    for (int i = limb + 3; i < LIMBS && sign + carry != 0; i++) {
      carry = addTo(i, sign, carry);
    }
  }

  /** Adds the big-endian two's complement number in the bytes, times 2^exponent. */
  void add(byte[] source, int offset, int length, int exponent, Fixed128 scratch) {
    int end = offset + length;
    int weight = exponent;
    for (; end - offset > Long.BYTES; end -= Long.BYTES) {
      scratch.read(source, end - Long.BYTES, Long.BYTES);
      scratch.set(0, scratch.low);
      add(scratch, weight);
      weight += Long.SIZE;
    }
    scratch.read(source, offset, end - offset);
    add(scratch, weight);
  }

  void add(WideSum other) {
    long carry = 0;
    for (int i = 0; i < LIMBS; i++) {
      carry = addTo(i, other.limbs[i], carry);
    }
  }

  private long addTo(int limb, long value, long carry) {
    long sum = limbs[limb] + value;
    boolean wrapped = Long.compareUnsigned(sum, value) < 0;
    long withCarry = sum + carry;
    limbs[limb] = withCarry;
    return wrapped || (carry == 1 && withCarry == 0) ? 1 : 0;
  }

  /** The nearest double, ties to even; infinite where the sum is beyond the largest. */
  double toDouble() {
    BigInteger sum = toBigInteger();
    BigInteger magnitude = sum.abs();
    int dropped = Math.max(0, magnitude.bitLength() - (Long.SIZE - 1));
    // the top 63 bits, and a last bit that says whether anything follows, round as the whole would;
    // what is subnormal has fewer, so that nothing is rounded twice
    long leading = magnitude.shiftRight(dropped).longValueExact();
    if (dropped > 0 && magnitude.getLowestSetBit() < dropped) {
      leading |= 1;
    }
    double rounded = Math.scalb((double) leading, UNIT + dropped);
    return sum.signum() < 0 ? -rounded : rounded;
  }

  /** Appends the sum in the canonical form of {@link Sum}. */
  void write(ByteBuilder out) {
    BigInteger sum = toBigInteger();
    if (sum.signum() == 0) {
      out.putVarint(0);
      return;
    }
    int zeros = sum.getLowestSetBit();
    ByteBuilder body =
        new ByteBuilder().putVarint(UNIT + zeros).putBytes(sum.shiftRight(zeros).toByteArray());
    out.putSlice(body.array(), 0, body.length());
  }

  private BigInteger toBigInteger() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    for (int i = LIMBS - 1; i >= 0; i--) {
      bytes.putLong(limbs[i]);
    }
    return new BigInteger(bytes.array());
  }
}
