package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates that keep values, or hashes of them. */
class ValueAggregatesTest {
  @Test
  void shouldFinishNothing() {
    assertNull(new OneState("PERCENTILE", Kind.DOUBLE, "0.5").add(null).finish());
    assertEquals(0L, new OneState("APPROX_COUNT_DISTINCT", Kind.LONG).add(null).finish());
    assertEquals(0L, new OneState("COUNT_DISTINCT", Kind.STRING).add(null).finish());
    assertNull(new OneState("MODE", Kind.LONG).add(null).finish());
    assertNull(new OneState("APPROX_TOP_K", Kind.STRING, "3").add(null).finish());
  }

  @ParameterizedTest
  @ValueSource(strings = {"APPROX_COUNT_DISTINCT", "COUNT_DISTINCT"})
  void shouldCountEqualValuesOnce(String function) {
    assertEquals(2L, new OneState(function, Kind.DOUBLE).addAll(List.of(0.0, -0.0, 1.5)).finish());
    assertEquals(2L, new OneState(function, Kind.BOOLEAN).addAll(List.of(1, 0, 1, 0)).finish());
    assertEquals(
        3L, new OneState(function, Kind.STRING).addAll(List.of("a", "", "A", "a", "")).finish());
    assertEquals(
        2L,
        new OneState(function, ColumnType.decimal(9, 2)).addAll(List.of(150, 1500, 150)).finish());
  }

  @Test
  void shouldTakeTheMostFrequentAndOfEquallyFrequentTheLeast() {
    assertEquals("b", new OneState("MODE", Kind.STRING).addAll(List.of("a", "b", "b")).finish());
    assertEquals(
        "a", new OneState("MODE", Kind.STRING).addAll(List.of("b", "a", "")).add("a").finish());
    assertEquals(-7L, new OneState("MODE", Kind.LONG).addAll(List.of(3, -7, 0)).finish());
    assertEquals(-0.5, new OneState("MODE", Kind.DOUBLE).addAll(List.of(1.5, -0.5)).finish());
    assertEquals(0.0, new OneState("MODE", Kind.DOUBLE).addAll(List.of(-0.0, 0.0, -1.0)).finish());
    assertEquals(1L, new OneState("MODE", Kind.BOOLEAN).addAll(List.of(1, 0, 1)).finish());
  }

  @Test
  void shouldListTheMostFrequentAsJson() {
    assertEquals(
        "[\"b\",\"a\"]",
        new OneState("APPROX_TOP_K", Kind.STRING, "2")
            .addAll(List.of("c", "b", "a", "b"))
            .finish());
    assertEquals(
        "[-5,12]", new OneState("APPROX_TOP_K", Kind.INT, "9").addAll(List.of(12, -5)).finish());
    assertEquals(
        "[1.5,3.0,1.0E300]",
        new OneState("APPROX_TOP_K", Kind.DOUBLE, "9").addAll(List.of(1e300, 3.0, 1.5)).finish());
    assertEquals(
        "[0.1]", new OneState("APPROX_TOP_K", Kind.FLOAT, "1").add((double) 0.1f).finish());
    assertEquals(
        "[-0.05,1.50]",
        new OneState("APPROX_TOP_K", ColumnType.decimal(9, 2), "2")
            .addAll(List.of(150, -5))
            .finish());
    assertEquals("[true]", new OneState("APPROX_TOP_K", Kind.BOOLEAN, "1").add(1).finish());
    assertEquals(
        "[\"2026-11-21\"]", new OneState("APPROX_TOP_K", Kind.DATE, "1").add(20_778).finish());
    assertEquals(
        "[\"1970-01-01T00:00:01.500Z\"]",
        new OneState("APPROX_TOP_K", Kind.TIMESTAMP_MILLIS, "1").add(1_500).finish());
  }

  @Test
  void shouldEscapeWhatJsonRequires() {
    assertEquals(
        "[\"a\\\"b\\\\c\\n\\u0001é😀\"]",
        new OneState("APPROX_TOP_K", Kind.STRING, "1").add("a\"b\\c\n\u0001é😀").finish());
  }

  @Test
  void shouldCountExactlyToTheLimitAndThenSaySo() {
    OneState most = new OneState("COUNT_DISTINCT", Kind.LONG);
    LongStream.range(0, ValueSet.MOST_VALUES).forEach(most::add);
    assertEquals((long) ValueSet.MOST_VALUES, most.add(0).finish());
    most.add(-1);
    ArithmeticException error = assertThrows(ArithmeticException.class, most::finish);
    assertEquals(
        "COUNT_DISTINCT(x) counts up to 65536 values of 1048576 bytes in all, and there are more: use APPROX_COUNT_DISTINCT",
        error.getMessage());
    assertArrayEquals(new byte[] {2, 0}, most.encoded(), "a union's value of no bytes");
    assertArrayEquals(
        most.encoded(),
        new OneState("COUNT_DISTINCT", Kind.LONG).add(5).mergeEncoded(most.encoded()).encoded());
    assertArrayEquals(
        most.encoded(), new OneState("COUNT_DISTINCT", Kind.LONG).add(5).merge(most).encoded());
  }

  @Test
  void shouldFindTooManyValuesInAPairOfStatesThatHaveFewer() {
    OneState one = new OneState("COUNT_DISTINCT", Kind.STRING);
    OneState other = new OneState("COUNT_DISTINCT", Kind.STRING);
    String longText = "x".repeat(ValueSet.MOST_BYTES / 2);
    one.add(longText);
    other.add(longText).add(longText + "y");
    assertEquals(1L, one.finish());
    assertThrows(ArithmeticException.class, () -> one.merge(other).finish());
  }

  @Test
  void shouldWriteWhatThePageSays() {
    assertEquals(
        "02" + "06" + "010e06", // a union's value, three bytes; -1, then 7 and 3 more, zig-zag
        hex(new OneState("COUNT_DISTINCT", Kind.LONG).addAll(List.of(9, -1, 6))));
    assertEquals(
        "02" + "0a" + "0004" + "026102", // "" twice, "a" once
        hex(new OneState("MODE", Kind.STRING).addAll(List.of("a", "", ""))));
  }

  @Test
  void shouldKeepTheMostFrequentOfManyWhenItIsStored() {
    OneState state = new OneState("APPROX_TOP_K", Kind.LONG, "2");
    for (long value = 0; value < 3_000; value++) {
      state.add(value);
      if (value % 1_000 == 999) {
        state.add(value);
      }
    }
    byte[] whole = state.encoded();
    byte[] stored = state.seal().encoded();
    assertTrue(stored.length < whole.length / 2);
    assertEquals("[999,1999]", state.finish());
    ValueCounts counts = new ValueCounts();
    IntStream.range(0, 5_000)
        .forEach(i -> counts.add(new byte[] {(byte) (i >> 8), (byte) i}, 0, 2, 1));
    counts.keep(CountsAggregate.MOST_STORED);
    assertEquals(1_024, counts.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PERCENTILE", "APPROX_COUNT_DISTINCT", "COUNT_DISTINCT", "APPROX_TOP_K"})
  void shouldNotDependOnTheOrderOfManyValues(String function) {
    String[] parameters =
        function.equals("PERCENTILE")
            ? new String[] {"0.9"}
            : function.equals("APPROX_TOP_K") ? new String[] {"5"} : new String[0];
    List<Long> values = new java.util.ArrayList<>();
    new Random(3).longs(20_000, 0, 9_000).forEach(values::add);
    OneState ascending = new OneState(function, Kind.LONG, parameters);
    values.stream().sorted().forEach(ascending::add);
    Collections.shuffle(values, new Random(4));
    List<OneState> parts =
        IntStream.range(0, 7).mapToObj(i -> new OneState(function, Kind.LONG, parameters)).toList();
    for (int i = 0; i < values.size(); i++) {
      parts.get(i % parts.size()).add(values.get(i));
    }
    OneState all = new OneState(function, Kind.LONG, parameters);
    parts.forEach(part -> all.mergeEncoded(part.encoded()));
    assertArrayEquals(ascending.encoded(), all.encoded());
    assertEquals(ascending.finish(), all.finish());
  }

  @Test
  void shouldTakePercentilesOfExactNumbersAsTheyAre() {
    assertEquals(
        12.34, new OneState("PERCENTILE", ColumnType.decimal(9, 2), "0.5").add(1234).finish());
    assertEquals(
        -3.0, new OneState("PERCENTILE", Kind.INT, "0").addAll(List.of(4, -3, 10)).finish());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 23, 49, -1, -13, -49})
  void shouldTakePercentilesOfSmallWholeNumbersExactly(long value) {
    OneState state = new OneState("PERCENTILE", Kind.LONG, "0.5").addAll(List.of(-100, 100, value));
    assertEquals((double) value, state.finish());
    OneState cents = new OneState("PERCENTILE", ColumnType.decimal(9, 2), "0.5");
    assertEquals(value / 100.0, cents.addAll(List.of(-100, 100, value)).finish());
  }

  private static String hex(OneState state) {
    return HexFormat.of().formatHex(state.encoded());
  }
}
