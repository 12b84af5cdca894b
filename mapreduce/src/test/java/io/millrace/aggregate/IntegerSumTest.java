package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IntegerSumTest {
  private static final long MAX_DECIMAL = 999_999_999_999_999_999L;

  private static BigInteger oracle(List<Long> values) {
    return values.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Property
  void shouldSumLongsOrSayThatTheyDoNotFit(@ForAll @Size(min = 1, max = 9) List<Long> values) {
    OneState state = new OneState("SUM", Kind.LONG).addAll(values);
    BigInteger expected = oracle(values);
    if (expected.bitLength() < Long.SIZE) {
      assertEquals(expected.longValueExact(), state.finish());
    } else {
      assertThrows(ArithmeticException.class, state::finish);
    }
  }

  @Property
  void shouldGiveTheDoubleNearestToASumOfLongs(@ForAll @Size(min = 1, max = 9) List<Long> values) {
    OneState state = new OneState("SUM_DOUBLE", Kind.LONG).addAll(values);
    assertEquals(new BigDecimal(oracle(values)).doubleValue(), (double) state.finish());
  }

  @Property
  void shouldGiveTheDoubleNearestToASumOfDecimals(
      @ForAll @Size(min = 1, max = 9)
          List<@LongRange(min = -MAX_DECIMAL, max = MAX_DECIMAL) Long> values) {
    OneState state = new OneState("SUM_DOUBLE", ColumnType.decimal(18, 2)).addAll(values);
    assertEquals(new BigDecimal(oracle(values), 2).doubleValue(), (double) state.finish());
  }

  @Test
  void shouldSayWhichSumDoesNotFitBigint() {
    OneState state = new OneState("SUM", Kind.LONG).add(Long.MAX_VALUE).add(1L);
    ArithmeticException error = assertThrows(ArithmeticException.class, state::finish);
    assertEquals(
        "SUM(x) does not fit BIGINT: it is 9223372036854775808; sum CAST(... AS DOUBLE) instead",
        error.getMessage());
    assertEquals(Long.MAX_VALUE, state.add(-1L).finish());
  }

  @Test
  void shouldSayWhichSumDoesNotFitADecimal() {
    OneState state = new OneState("SUM", ColumnType.decimal(18, 2)).add(MAX_DECIMAL);
    assertEquals(MAX_DECIMAL, state.finish());
    ArithmeticException error =
        assertThrows(ArithmeticException.class, () -> state.add(1L).finish());
    assertEquals(
        "SUM(x) does not fit DECIMAL(18, 2): it is 10000000000000000.00;"
            + " sum CAST(... AS DOUBLE) instead",
        error.getMessage());
  }
}
