package io.millrace.aggregate;

/**
 * An exact sum of any doubles, or of their squares: a two's complement integer that counts units of
 * the smallest one and is wide enough for 2^150 of the largest. After Radford M. Neal, "Fast exact
 * summation using small and large superaccumulators", with 64-bit limbs and carries at once.
 */
final class WideSum {
  /** The exponent of the smallest double. */
  private static final int UNIT = -1074;

  private static final int LIMBS = 36;
  private static final int MAX_EXPONENT = 1200;

  private final int unit;
  private final int maxExponent;

  /** Least significant first. */
  private final long[] limbs;

  private WideSum(int unit, int maxExponent, int limbs) {
    this.unit = unit;
    this.maxExponent = maxExponent;
    this.limbs = new long[limbs];
  }

  static WideSum ofDoubles() {
    return new WideSum(UNIT, MAX_EXPONENT, LIMBS);
  }

  static WideSum ofSquares() {
    return new WideSum(2 * UNIT, 2 * MAX_EXPONENT, 2 * LIMBS);
  }

  /** Bytes of data that it takes. */
  int bytes() {
    return limbs.length * Long.BYTES;
  }

  /** Adds {@code value * 2^exponent}. */
  void add(Fixed128 value, int exponent) {
    requireRange(exponent, value.bitLength());
    Limbs.add(limbs, 0, limbs.length, value, exponent - unit);
  }

  /** Adds the big-endian two's complement number in the bytes, times 2^exponent. */
  void add(byte[] source, int offset, int length, int exponent) {
    requireRange(exponent, length * Byte.SIZE);
    Limbs.add(limbs, 0, limbs.length, source, offset, length, exponent - unit);
  }

  /** Adds a number that has as many limbs from an index on, the lowest counting 2^exponent. */
  void add(long[] source, int from, int count, int exponent) {
    Fixed128 part = new Fixed128();
    for (int i = 0; i < count; i++) {
      part.set(0, source[from + i]);
      add(part, exponent + i * Long.SIZE);
    }
  }

  void add(WideSum other) {
    Limbs.add(limbs, 0, limbs.length, other.limbs, 0);
  }

  private void requireRange(int exponent, int bits) {
    if (exponent < unit || exponent > maxExponent - bits) {
      throw new IllegalArgumentException(
          "Cannot add a number with exponent " + exponent + ": no sum of doubles has it");
    }
  }

  Dyadic toDyadic() {
    return new Dyadic(Limbs.toBigInteger(limbs, 0, limbs.length), unit);
  }
}
