package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarianceTest {
  private static final ColumnType DOUBLE = ColumnType.of(Kind.DOUBLE);
  private static final MathContext PRECISE = new MathContext(900);

  private static Object finish(String function, ColumnType type, List<?> values) {
    return new OneState(function, type).addAll(values).finish();
  }

  private static List<Double> doubles(String values) {
    return values.isEmpty()
        ? List.of()
        : Arrays.stream(values.split(" ", -1)).map(Double::valueOf).toList();
  }

  // worked by hand: deviations from the mean, squared, by n - 1 or n
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          VARIANCE,    4 7 13 16,           30
          VAR_SAMP,    4 7 13 16,           30
          VAR_POP,     4 7 13 16,           22.5
          STDDEV_POP,  2 4 4 4 5 5 7 9,     2
          STDDEV,      1 2,                 0.7071067811865476
          STDDEV_SAMP, 1 2,                 0.7071067811865476
          VARIANCE,    3 3 3,               0
          VAR_POP,     -5,                  0
          STDDEV_POP,  -5,                  0
          VARIANCE,    -1.5 1.5,            4.5
          # far from zero nothing cancels
          VARIANCE,    1000000004 1000000007 1000000013 1000000016, 30
          # 1e200 and 3e200: squares are beyond the largest double, the deviation is not
          STDDEV_POP,  2e200 -2e200,        2e200
          # squares are below the smallest double
          STDDEV_POP,  2e-200 -2e-200,      2e-200
          STDDEV_POP,  4.9e-324 -4.9e-324,  4.9e-324
          VAR_POP,     1e-150 -1e-150,      1e-300
          """)
  void shouldFollowTheDefinition(String function, String values, double expected) {
    assertEquals(expected, finish(function, DOUBLE, doubles(values)));
  }

  @ParameterizedTest
  @CsvSource({
    "VARIANCE, ''",
    "VARIANCE, 1",
    "STDDEV, 1",
    "VAR_SAMP, 7",
    "STDDEV_SAMP, 7",
    "VAR_POP, ''",
    "STDDEV_POP, ''",
  })
  void shouldBeNullOfTooFewValues(String function, String values) {
    assertNull(finish(function, DOUBLE, doubles(values)));
  }

  @Test
  void shouldLeaveNullOut() {
    assertEquals(30.0, finish("VARIANCE", DOUBLE, Arrays.asList(4.0, null, 7.0, 13.0, 16.0, null)));
  }

  // NIST Statistical Reference Datasets, NumAcc3 and NumAcc4: 0.1 to all digits
  @ParameterizedTest
  @CsvSource({"10000002, 10000001, 10000003", "100000002, 100000001, 100000003"})
  void shouldBeExactForDecimals(long first, long low, long high) {
    List<Long> tenths = new ArrayList<>(List.of(first));
    for (int i = 0; i < 500; i++) {
      tenths.add(low);
      tenths.add(high);
    }
    assertEquals(0.1, finish("STDDEV", ColumnType.decimal(12, 1), tenths));
  }

  @Test
  void shouldBeExactForTheLargestIntegers() {
    List<Long> values = List.of(Long.MIN_VALUE, Long.MAX_VALUE);
    // (2^64 - 1)² / 2
    assertEquals(0x1p127, finish("VARIANCE", ColumnType.of(Kind.LONG), values));
    assertEquals(0x1p126, finish("VAR_POP", ColumnType.of(Kind.LONG), values));
    assertEquals(
        0.0,
        finish("VARIANCE", ColumnType.of(Kind.LONG), Collections.nCopies(1000, Long.MIN_VALUE)));
  }

  @Test
  void shouldSayThatAVarianceIsTooLarge() {
    ArithmeticException error =
        assertThrows(
            ArithmeticException.class, () -> finish("VARIANCE", DOUBLE, List.of(1e200, -1e200)));
    assertEquals(
        "VARIANCE(x) is beyond the largest DOUBLE: take it of the values divided by 1e200",
        error.getMessage());
  }

  @Test
  void shouldStoreCountSumAndSquares() {
    // 3 values; 7 = 7 * 2^0; 21 = 21 * 2^0
    byte[] encoded = new OneState("STDDEV", Kind.LONG).addAll(List.of(1L, 2L, 4L)).encoded();
    assertEquals("020e" + "06" + "040007" + "040015", HexFormat.of().formatHex(encoded));
  }

  @Property(tries = 300)
  void shouldBeNearestToTheExactVariance(@ForAll("values") List<Double> values) {
    Object expected = oracle(values, 1);
    if (expected instanceof Double number && number.isInfinite()) {
      assertThrows(ArithmeticException.class, () -> finish("VARIANCE", DOUBLE, values));
    } else {
      assertEquals(expected, finish("VARIANCE", DOUBLE, values));
      assertEquals(oracle(values, 0), finish("VAR_POP", DOUBLE, values));
    }
  }

  @Property(tries = 300)
  void shouldMergeLikeOneState(@ForAll("values") List<Double> values) {
    OneState merged = new OneState("VARIANCE", DOUBLE);
    OneState inMemory = new OneState("VARIANCE", DOUBLE);
    for (double value : values) {
      OneState one = new OneState("VARIANCE", DOUBLE).add(value);
      merged.mergeEncoded(one.encoded());
      inMemory.merge(one);
    }
    byte[] expected = new OneState("VARIANCE", DOUBLE).addAll(values).encoded();
    assertArrayEquals(expected, merged.encoded());
    assertArrayEquals(expected, inMemory.encoded());
  }

  /** By BigDecimal, which multiplies and adds doubles without rounding. */
  private static Object oracle(List<Double> values, int less) {
    int n = values.size();
    if (n <= less) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    BigDecimal dividend = squares.multiply(BigDecimal.valueOf(n)).subtract(sum.multiply(sum));
    return dividend.divide(BigDecimal.valueOf((long) n * (n - less)), PRECISE).doubleValue();
  }

  @Provide
  Arbitrary<List<Double>> values() {
    Arbitrary<Double> any =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> amounts = Arbitraries.doubles().between(-1e6, 1e6).ofScale(2);
    Arbitrary<Double> close = Arbitraries.integers().between(0, 9).map(i -> 1e9 + i / 1024.0);
    Arbitrary<Double> tiny = amounts.map(value -> value * 1e-160);
    return Arbitraries.oneOf(
        any.list().ofMaxSize(6),
        amounts.list().ofMaxSize(30),
        close.list().ofMaxSize(30),
        Arbitraries.oneOf(amounts, tiny).list().ofMaxSize(8));
  }
}
