package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static final int TRIES = 100;

  @Provide
  Arbitrary<List<Double>> values() {
    Arbitrary<Double> spread =
        Combinators.combine(
                Arbitraries.longs().between(-(1L << 53), 1L << 53),
                Arbitraries.integers().between(-150, 100))
            .as((digits, exponent) -> Math.scalb((double) digits, exponent));
    return Arbitraries.oneOf(spread, Arbitraries.of(0.0, -0.0, 0.1, 1.0 / 3)).list().ofMaxSize(12);
  }

  private static BigDecimal sumOfPowers(List<Double> values, int power) {
    return values.stream()
        .map(value -> new BigDecimal(value).pow(power))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Property(tries = TRIES)
  void shouldAddProductsWithoutRounding(@ForAll("values") List<Double> values) {
    ExactSum squares = new ExactSum();
    ExactSum cubes = new ExactSum();
    for (double value : values) {
      squares.add(value, value);
      cubes.add(value, value, value);
    }
    assertEquals(0, sumOfPowers(values, 2).compareTo(squares.exact()));
    assertEquals(0, sumOfPowers(values, 3).compareTo(cubes.exact()));
    assertEquals(sumOfPowers(values, 3).doubleValue(), cubes.value());
  }

  @Property(tries = TRIES)
  void shouldGiveTheSameBytesHoweverItWasAdded(
      @ForAll("values") List<Double> first, @ForAll("values") List<Double> second) {
    ExactSum whole = new ExactSum();
    first.forEach(whole::add);
    second.forEach(whole::add);
    ExactSum left = new ExactSum();
    first.forEach(left::add);
    ExactSum merged = new ExactSum();
    second.forEach(merged::add);
    assertArrayEquals(bytes(whole), bytes(new ExactSum().add(merged).add(left)));
    merged.add(new ByteCursor().reset(bytes(left), 0, bytes(left).length));
    assertArrayEquals(bytes(whole), bytes(merged));
    assertEquals(whole.exact(), merged.exact());
  }

  private static byte[] bytes(ExactSum sum) {
    ByteBuilder out = new ByteBuilder();
    sum.write(out);
    return out.toByteArray();
  }

  @Test
  void shouldBeNothingAfterClearing() {
    ExactSum sum = new ExactSum().add(1e300).add(1e-300);
    assertEquals(0, sum.clear().value());
    assertEquals(0.25, sum.add(0.25).value());
  }

  @Test
  void shouldRoundQuotientOnce() {
    ExactSum ones = new ExactSum();
    for (int i = 0; i < 10; i++) {
      ones.add(0.1);
    }
    // ten times the double 0.1 is more than 1, by less than a double can say
    assertEquals(1, ones.dividedBy(new ExactSum().add(1)));
    assertEquals(1.0 / 3, new ExactSum().add(1).dividedBy(new ExactSum().add(3)));
  }
}
