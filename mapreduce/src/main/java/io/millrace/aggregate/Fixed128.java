package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A signed integer of 128 bits, two's complement, which counts units of some power of two. Reused,
 * so that exact sums make no garbage. Keeps to 126 bits and a sign: adding two never wraps
 * unnoticed.
 */
final class Fixed128 {
  private static final int MAX_BITS = 126;

  long high;
  long low;

  static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Cannot aggregate " + value + ": clean records hold finite numbers only");
    }
  }

  void set(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  void set(long value) {
    set(value >> 63, value);
  }

  boolean isZero() {
    return (high | low) == 0;
  }

  /** Adds, unless the sum would leave the range: then nothing happens and false is returned. */
  boolean add(Fixed128 other) {
    long newLow = low + other.low;
    long newHigh = high + other.high + (Long.compareUnsigned(newLow, low) < 0 ? 1 : 0);
    // the top two bits differ where bit 126 is taken
    if ((newHigh ^ newHigh << 1) < 0) {
      return false;
    }
    set(newHigh, newLow);
    return true;
  }

  /** Multiplies by a power of two, unless the product would leave the range. */
  boolean shiftLeft(int count) {
    if (isZero()) {
      return true;
    }
    if (count > MAX_BITS || bitLength() + count > MAX_BITS) {
      return false;
    }
    // shifts count modulo 64
    if (count >= Long.SIZE) {
      set(low << count, 0);
    } else if (count > 0) {
      set(high << count | low >>> -count, low << count);
    }
    return true;
  }

  /** Divides by a power of two, unless something would be lost. */
  boolean shiftRightExactly(int count) {
    if (isZero()) {
      return true;
    }
    if (count > trailingZeros()) {
      return false;
    }
    shiftRight(count);
    return true;
  }

  private void shiftRight(int count) {
    if (count == 0) {
      return;
    }
    if (count < Long.SIZE) {
      set(high >> count, high << -count | low >>> count);
    } else {
      set(high >> 63, high >> count);
    }
  }

  /** Bits of the value without its sign, as {@link BigInteger#bitLength()} counts them. */
  int bitLength() {
    long sign = high >> 63;
    long top = high ^ sign;
    return top != 0
        ? 2 * Long.SIZE - Long.numberOfLeadingZeros(top)
        : Long.SIZE - Long.numberOfLeadingZeros(low ^ sign);
  }

  private int trailingZeros() {
    return low != 0
        ? Long.numberOfTrailingZeros(low)
        : Long.SIZE + Long.numberOfTrailingZeros(high);
  }

  /** Whether the value fits a long. */
  boolean isLong() {
    return high == low >> 63;
  }

  BigInteger toBigInteger() {
    return new BigInteger(ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
  }

  /** The nearest double to this many units of 2^exponent, ties to even. */
  double toDouble(int exponent) {
    if (isLong()) {
      return Math.scalb((double) low, exponent);
    }
    boolean negative = high < 0;
    long top = negative ? ~high : high;
    long bottom = negative ? -low : low;
    if (negative && low == 0) {
      top++;
    }
    // the top 63 bits, and a last bit that says whether anything follows, round as the whole would
    int dropped = Long.SIZE + 1 - Long.numberOfLeadingZeros(top);
    long leading = dropped == Long.SIZE ? top : top << -dropped | bottom >>> dropped;
    if (bottom << -dropped != 0) {
      leading |= 1;
    }
    double magnitude = Math.scalb((double) leading, exponent + dropped);
    return negative ? -magnitude : magnitude;
  }

  /** Reads up to 16 bytes of big-endian two's complement; none are zero. */
  void read(byte[] source, int offset, int length) {
    long value = length == 0 ? 0 : source[offset] >> 7;
    int end = offset + length;
    if (length <= Long.BYTES) {
      for (int i = offset; i < end; i++) {
        value = value << 8 | (source[i] & 0xFF);
      }
      set(value);
      return;
    }
    set(value);
    for (int i = offset; i < end; i++) {
      set(high << 8 | low >>> 56, low << 8 | (source[i] & 0xFF));
    }
  }

  /** Appends {@code this * 2^exponent} in the canonical form of {@link Sum}. */
  void write(int exponent, ByteBuilder out) {
    if (isZero()) {
      out.putVarint(0);
      return;
    }
    int zeros = trailingZeros();
    shiftRight(zeros);
    int lengthAt = out.length();
    out.putByte(0).putVarint(exponent + zeros);
    for (int shift = bitLength() / 8 * 8; shift >= 0; shift -= 8) {
      out.putByte((int) (shift < Long.SIZE ? low >>> shift : high >>> shift));
    }
    // at most 2 + 16 bytes: the length is one byte, doubled by zig-zag
    out.array()[lengthAt] = (byte) ((out.length() - lengthAt - 1) << 1);
  }
}
