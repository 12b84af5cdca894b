package io.millrace.aggregate;

/**
 * Numbers the finite doubles by bins of about two percent, in ascending order: 0 is zero, and bin
 * {@code -b} mirrors bin {@code b}. After Masson, Rim and Lee, "DDSketch" (VLDB 2019), with a cubic
 * in the place of the logarithm: each power of two has 35 bins, and {@code (1 + s) * 2^e} lies in
 * number {@code 6s^3 - 21s^2 + 50s}, rounded down, of them. A bin is widest, {@code exp(0.02)},
 * where that polynomial grows slowest, so that its middle is less than 1 % (tanh 0.01) from all
 * that is in it. Uses nothing but IEEE 754 operations: the same bins on every machine.
 */
final class RelativeBins {
  private static final int PER_OCTAVE = 35;
  private static final int LEAST_EXPONENT = -1074;

  /** The bin of the smallest positive double is 1. */
  private static final int OFFSET = 1 - PER_OCTAVE * LEAST_EXPONENT;

  static final int GREATEST = PER_OCTAVE * (Double.MAX_EXPONENT + 1) - 1 + OFFSET;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);
  private static final double TO_NORMAL = 0x1p52;

  /** The middles of the bins from 1 to 2. */
  private static final double[] MIDDLES = middles();

  private RelativeBins() {}

  /** The bin of a finite number. */
  static int of(double value) {
    if (value == 0) {
      return 0;
    }
    double magnitude = Math.abs(value);
    int bin =
        magnitude < Double.MIN_NORMAL
            ? ofNormal(magnitude * TO_NORMAL) - PER_OCTAVE * FRACTION_BITS
            : ofNormal(magnitude);
    return value < 0 ? -bin : bin;
  }

  private static int ofNormal(double magnitude) {
    long bits = Double.doubleToRawLongBits(magnitude);
    int exponent = (int) (bits >>> FRACTION_BITS) - Double.MAX_EXPONENT;
    double s = Double.longBitsToDouble((bits & FRACTION) | ONE) - 1;
    int part = Math.min((int) polynomial(s), PER_OCTAVE - 1);
    return PER_OCTAVE * exponent + part + OFFSET;
  }

  /** A number as near to all numbers of a bin as one can be, relative to them. */
  static double middle(int bin) {
    if (bin == 0) {
      return 0;
    }
    int index = Math.abs(bin) - OFFSET;
    int exponent = Math.floorDiv(index, PER_OCTAVE);
    double middle = Math.scalb(MIDDLES[index - PER_OCTAVE * exponent], exponent);
    return bin < 0 ? -middle : middle;
  }

  private static double polynomial(double s) {
    return ((6 * s - 21) * s + 50) * s;
  }

  private static double[] middles() {
    double[] middles = new double[PER_OCTAVE];
    double low = 1;
    for (int part = 0; part < PER_OCTAVE; part++) {
      double high = 1 + root(part + 1);
      middles[part] = 2 * low * high / (low + high);
      low = high;
    }
    return middles;
  }

  /** Where the polynomial, which only grows, reaches a value from 0 to 35. */
  private static double root(int value) {
    double low = 0;
    double high = 1;
    for (int bit = 0; bit <= FRACTION_BITS; bit++) {
      double middle = (low + high) / 2;
      if (polynomial(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
