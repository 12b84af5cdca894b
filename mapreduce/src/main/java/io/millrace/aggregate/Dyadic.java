package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.math.BigInteger;

/** The exact number {@code units * 2^exponent}. */
record Dyadic(BigInteger units, int exponent) {
  /** Bits of a double's significand. */
  private static final int PRECISION = 53;

  /** Reads what {@link #write} wrote and leaves the cursor behind it. */
  static Dyadic read(ByteCursor encoded) {
    int length = encoded.readLength();
    if (length == 0) {
      return new Dyadic(BigInteger.ZERO, 0);
    }
    int end = encoded.position() + length;
    int exponent = Math.toIntExact(encoded.readVarint());
    int digits = end - encoded.position();
    return new Dyadic(new BigInteger(encoded.array(), encoded.advance(digits), digits), exponent);
  }

  Dyadic plus(Dyadic other) {
    int common = Math.min(exponent, other.exponent);
    return new Dyadic(at(common).add(other.at(common)), common);
  }

  Dyadic minus(Dyadic other) {
    return plus(new Dyadic(other.units.negate(), other.exponent));
  }

  Dyadic times(Dyadic other) {
    return new Dyadic(units.multiply(other.units), exponent + other.exponent);
  }

  Dyadic times(long factor) {
    return new Dyadic(units.multiply(BigInteger.valueOf(factor)), exponent);
  }

  private BigInteger at(int lower) {
    return units.shiftLeft(exponent - lower);
  }

  /**
   * The double nearest to the quotient by a positive number, ties to even; infinite where it is
   * beyond the largest.
   */
  double dividedBy(BigInteger divisor) {
    BigInteger dividend = units.abs();
    if (dividend.signum() == 0) {
      return 0;
    }
    // a quotient of 54 or 55 bits, or of whole units of the smallest double
    int unit =
        Math.max(
            exponent + dividend.bitLength() - divisor.bitLength() - PRECISION - 1,
            Double.MIN_EXPONENT - PRECISION + 1);
    int shift = exponent - unit;
    BigInteger scaledDivisor = shift < 0 ? divisor.shiftLeft(-shift) : divisor;
    BigInteger[] quotient =
        (shift < 0 ? dividend : dividend.shiftLeft(shift)).divideAndRemainder(scaledDivisor);
    long whole = quotient[0].longValueExact();
    int half = quotient[1].shiftLeft(1).compareTo(scaledDivisor);
    double magnitude;
    if (quotient[0].bitLength() <= PRECISION) {
      boolean up = half > 0 || (half == 0 && (whole & 1) == 1);
      magnitude = Math.scalb((double) (up ? whole + 1 : whole), unit);
    } else {
      // a last bit that says whether anything follows rounds as the whole would
      long sticky = whole << 1 | (quotient[1].signum() == 0 ? 0 : 1);
      magnitude = Math.scalb((double) sticky, unit - 1);
    }
    return units.signum() < 0 ? -magnitude : magnitude;
  }

  /**
   * The root of the double nearest to the quotient by a positive number, as if doubles had no
   * largest or smallest exponent.
   */
  double rootOfDividedBy(BigInteger divisor) {
    int magnitude = exponent + units.bitLength() - divisor.bitLength();
    int even = magnitude & ~1;
    double scaled = new Dyadic(units, exponent - even).dividedBy(divisor);
    return Math.scalb(Math.sqrt(scaled), even / 2);
  }

  /**
   * Appends it as a slice that is the same for all forms of a number: nothing for zero, else the
   * Avro int {@code e} and an odd big-endian two's complement integer {@code m} of as few bytes as
   * hold it, for {@code m * 2^e}.
   */
  void write(ByteBuilder out) {
    if (units.signum() == 0) {
      out.putVarint(0);
      return;
    }
    int zeros = units.getLowestSetBit();
    ByteBuilder body =
        new ByteBuilder()
            .putVarint(exponent + zeros)
            .putBytes(units.shiftRight(zeros).toByteArray());
    out.putSlice(body.array(), 0, body.length());
  }
}
