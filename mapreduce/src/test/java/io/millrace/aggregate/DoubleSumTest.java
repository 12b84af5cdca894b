package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleSumTest {
  private static final HexFormat HEX = HexFormat.of();

  private static OneState sum(List<Double> values) {
    return new OneState("SUM", Kind.DOUBLE).addAll(values);
  }

  /** The double next to the exact sum; BigDecimal adds doubles without rounding. */
  private static double oracle(List<Double> values) {
    return values.stream()
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  @Property
  void shouldGiveTheDoubleNearestToTheExactSum(@ForAll("values") List<Double> values) {
    double expected = oracle(values);
    if (values.isEmpty()) {
      assertNull(sum(values).finish());
    } else if (Double.isInfinite(expected)) {
      assertThrows(ArithmeticException.class, () -> sum(values).finish());
    } else {
      assertEquals(expected, (double) sum(values).finish());
    }
  }

  @Property
  void shouldGiveTheNearestDoubleAfterEncoding(@ForAll("values") List<Double> values) {
    OneState merged = new OneState("SUM", Kind.DOUBLE).add(0.0);
    for (double value : values) {
      merged.mergeEncoded(sum(List.of(value)).encoded());
    }
    assertArrayEquals(sum(values).add(0.0).encoded(), merged.encoded());
  }

  @Property
  void shouldRoundTiesToEvenAndNothingElse(
      @ForAll @DoubleRange(min = 1, max = 1e13) double large, @ForAll("slight") double slight) {
    List<Double> values = List.of(slight, large, Math.ulp(large) / 2);
    assertEquals(oracle(values), (double) sum(values).finish());
    List<Double> negative = values.stream().map(value -> -value).toList();
    assertEquals(oracle(negative), (double) sum(negative).finish());
  }

  @Provide
  Arbitrary<Double> slight() {
    return Arbitraries.of(0.0, 0x1p-80, -0x1p-80, 0x1p-200, -0x1p-200);
  }

  @Property
  void shouldForgetWhatCancels(@ForAll("values") List<Double> values) {
    OneState state = sum(values);
    values.forEach(value -> state.add(-value));
    assertArrayEquals(HEX.parseHex(values.isEmpty() ? "00" : "0200"), state.encoded());
  }

  @Provide
  Arbitrary<List<Double>> values() {
    Arbitrary<Double> any =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> amount = Arbitraries.longs().between(-100_000, 100_000).map(n -> n / 100.0);
    Arbitrary<Double> power =
        Arbitraries.integers().between(-1074, 1023).map(e -> Math.scalb(1.0, e));
    Arbitrary<Double> special =
        Arbitraries.of(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            0x1p46,
            -0x1p46,
            0x1.fffffffffffffp45,
            0x1p-80,
            0x1p-81,
            1e16,
            1.0);
    return Arbitraries.frequencyOf(
            Tuple.of(3, amount), Tuple.of(2, special), Tuple.of(1, power), Tuple.of(1, any))
        .list()
        .ofMaxSize(12);
  }

  // expected values as printed by Python 3's math.fsum
  @ParameterizedTest
  @CsvSource({
    "0.1 0.2 0.3, 0.6",
    "0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1, 1.0",
    "1e100 1.0 -1e100, 1.0",
    "1e16 1.0 1e-16, 10000000000000002.0",
    "1.0 1e-16 1e-16, 1.0000000000000002",
    "1e308 1.0 -1e308, 1.0",
    "4.9e-324 4.9e-324, 1e-323",
    "-0.0 -0.0, 0.0",
  })
  void shouldAgreeWithFsum(String values, double expected) {
    List<Double> numbers = Arrays.stream(values.split(" ", -1)).map(Double::valueOf).toList();
    assertEquals(expected, (double) sum(numbers).finish());
  }

  @ParameterizedTest
  @CsvSource({
    // null branch, or: value branch, doubled length, zig-zag exponent, odd mantissa
    "'', 00",
    "0.0, 0200",
    "1.0, 02040001",
    "-1.0, 020400ff",
    "0.75, 02040303",
    "6.0, 02040203",
    "255.0, 02060000ff",
    "4.9e-324, 0206e31001",
  })
  void shouldHaveOneStoredFormForANumber(String value, String stored) {
    List<Double> numbers = value.isEmpty() ? List.of() : List.of(Double.valueOf(value));
    assertEquals(stored, HEX.formatHex(sum(numbers).encoded()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldRejectWhatIsNoNumber(double value) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> sum(List.of(value)));
    assertEquals(
        "Cannot aggregate " + value + ": clean records hold finite numbers only",
        error.getMessage());
  }

  @Test
  void shouldSayWhichSumIsTooLarge() {
    OneState state = sum(List.of(Double.MAX_VALUE, Double.MAX_VALUE));
    ArithmeticException error = assertThrows(ArithmeticException.class, state::finish);
    assertEquals(
        "SUM(x) is beyond the largest DOUBLE: sum the values divided by 1e10, say",
        error.getMessage());
    assertEquals(Double.MAX_VALUE, state.add(-Double.MAX_VALUE).finish());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "04", // no such branch
        "020403", // ends early
        "02040101", // a fraction: longs have none
        "0206f80a01", // 2^700
      })
  void shouldRejectAStateThatIsNoSumOfLongs(String stored) {
    byte[] bytes = HEX.parseHex(stored);
    OneState state = new OneState("SUM", Kind.LONG);
    assertThrows(IllegalArgumentException.class, () -> state.mergeEncoded(bytes));
  }
}
