package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DyadicTest {
  private static final MathContext PRECISE = new MathContext(1500);

  private static double oracle(BigInteger units, int exponent, long divisor) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    BigDecimal number = new BigDecimal(units);
    return (exponent < 0 ? number.divide(power, PRECISE) : number.multiply(power))
        .divide(BigDecimal.valueOf(divisor), PRECISE)
        .doubleValue();
  }

  @Property(tries = 300)
  void shouldRoundToTheNearestDouble(
      @ForAll @BigRange(min = "-1208925819614629174706176", max = "1208925819614629174706176")
          BigInteger units,
      @ForAll @IntRange(min = -200, max = 200) int exponent,
      @ForAll @LongRange(min = 1, max = 1_000_000) long divisor) {
    double expected = oracle(units, exponent, divisor);
    assertEquals(
        expected + 0.0, new Dyadic(units, exponent).dividedBy(BigInteger.valueOf(divisor)) + 0.0);
  }

  @Property(tries = 200)
  void shouldRoundOnceWhereDoublesHaveFewerBits(
      @ForAll @BigRange(min = "1", max = "1208925819614629174706176") BigInteger units,
      @ForAll @IntRange(min = -1150, max = -1060) int exponent,
      @ForAll @LongRange(min = 1, max = 1000) long divisor) {
    assertEquals(
        oracle(units, exponent, divisor),
        new Dyadic(units, exponent).dividedBy(BigInteger.valueOf(divisor)));
  }

  // by hand: ties go to the even neighbour, and half of the smallest double to 0
  @ParameterizedTest
  @CsvSource({
    "9007199254740993, 0, 1, 9007199254740992",
    "9007199254740995, 0, 1, 9007199254740996",
    "18014398509481985, 0, 1, 18014398509481984",
    "1, -1075, 1, 0",
    "3, -1075, 1, 9.9e-324",
    "5, -1075, 1, 9.9e-324",
    "1, 1024, 1, Infinity",
    "1, 1024, 2, 8.98846567431158e307",
  })
  void shouldRoundTiesToEven(BigInteger units, int exponent, long divisor, double expected) {
    assertEquals(expected, new Dyadic(units, exponent).dividedBy(BigInteger.valueOf(divisor)));
  }
}
