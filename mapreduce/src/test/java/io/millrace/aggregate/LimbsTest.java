package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LimbsTest {
  private static final BigInteger LIMIT = BigInteger.TWO.pow(254);

  @Property(tries = 500)
  void shouldWriteWhatADyadicNumberWrites(
      @ForAll("numbers") BigInteger number,
      @ForAll @IntRange(min = -3000, max = 3000) int exponent) {
    ByteBuilder expected = new ByteBuilder();
    new Dyadic(number, exponent).write(expected);
    ByteBuilder written = new ByteBuilder();
    Limbs.write(limbs(number), 1, 4, exponent, written);
    assertArrayEquals(expected.toByteArray(), written.toByteArray());
    Dyadic read = Dyadic.read(new ByteCursor().reset(written.array(), 0, written.length()));
    assertEquals(
        0, read.minus(new Dyadic(number, exponent)).units().signum(), "reads what it wrote");
  }

  @Property(tries = 500)
  void shouldAddShiftedNumbers(
      @ForAll("numbers") BigInteger number,
      @ForAll("terms") BigInteger term,
      @ForAll @IntRange(min = 0, max = 120) int bit) {
    Fixed128 value = new Fixed128();
    byte[] bytes = term.toByteArray();
    value.read(bytes, 0, bytes.length);
    long[] limbs = limbs(number);
    Limbs.add(limbs, 1, 4, value, bit);
    assertEquals(number.add(term.shiftLeft(bit)), Limbs.toBigInteger(limbs, 1, 4));
    Limbs.add(limbs, 1, 4, bytes, 0, bytes.length, bit);
    assertEquals(number.add(term.shiftLeft(bit + 1)), Limbs.toBigInteger(limbs, 1, 4));
    assertEquals(7, limbs[0], "neighbours are left alone");
    assertEquals(7, limbs[5]);
  }

  /** Four limbs, least significant first, between others. */
  private static long[] limbs(BigInteger number) {
    long[] limbs = {7, 0, 0, 0, 0, 7};
    for (int i = 0; i < 4; i++) {
      limbs[1 + i] = number.shiftRight(i * Long.SIZE).longValue();
    }
    return limbs;
  }

  @Provide
  Arbitrary<BigInteger> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.ZERO, LIMIT),
        Arbitraries.integers().between(0, 253).map(BigInteger.TWO::pow),
        Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.valueOf(300)));
  }

  @Provide
  Arbitrary<BigInteger> terms() {
    BigInteger limit = BigInteger.TWO.pow(125);
    return Arbitraries.bigIntegers().between(limit.negate(), limit);
  }
}
