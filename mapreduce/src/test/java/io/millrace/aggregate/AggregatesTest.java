package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregatesTest {
  private final Aggregates aggregates = new Aggregates();

  private static ColumnType type(String text) {
    boolean nullable = text.endsWith("?");
    String name = nullable ? text.substring(0, text.length() - 1) : text;
    ColumnType type =
        name.startsWith("DECIMAL")
            ? ColumnType.decimal(
                Integer.parseInt(name.split("_", -1)[1]), Integer.parseInt(name.split("_", -1)[2]))
            : ColumnType.of(Kind.valueOf(name));
    return type.withNullable(nullable);
  }

  @ParameterizedTest
  @CsvSource({
    "COUNT, STRING?, LONG",
    "SUM, INT, LONG?",
    "SUM, LONG, LONG?",
    "SUM, DECIMAL_7_2, DECIMAL_18_2?",
    "SUM, FLOAT, DOUBLE?",
    "SUM, DOUBLE?, DOUBLE?",
    "SUM_DOUBLE, INT, DOUBLE?",
    "SUM_DOUBLE, DECIMAL_7_2, DOUBLE?",
    "MIN, STRING, STRING?",
    "MIN, BOOLEAN, BOOLEAN?",
    "MAX, DATE, DATE?",
    "MAX, TIMESTAMP_MILLIS, TIMESTAMP_MILLIS?",
    "MAX, FLOAT, FLOAT?",
    "STDDEV, DECIMAL_7_2, DOUBLE?",
    "VAR_POP, INT, DOUBLE?",
    "FIRST, STRING, STRING?",
    "LAST, DECIMAL_7_2?, DECIMAL_7_2?",
  })
  void shouldKnowResultTypes(String function, String argument, String result) {
    assertEquals(type(result), aggregates.resultType(function, List.of(type(argument)), List.of()));
  }

  @Test
  void shouldCountWithoutArgument() {
    assertEquals(ColumnType.of(Kind.LONG), aggregates.resultType("COUNT", List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUM | STRING | Cannot compute SUM of VARCHAR: a number is needed",
        "SUM | DATE | Cannot compute SUM of DATE: a number is needed",
        "STDDEV | STRING | Cannot compute STDDEV of VARCHAR: a number is needed",
        "SUM_DOUBLE | BOOLEAN | Cannot compute AVG of BOOLEAN: a number is needed",
        "SUM | '' | SUM takes one argument, not 0",
        "MAX | INT INT | MAX takes one argument, not 2",
        "COUNT | INT INT | COUNT takes * or one argument, not 2",
        "MEDIAN | INT | Cannot find aggregate MEDIAN: there are ",
      })
  void shouldSayWhatAFunctionTakes(String function, String arguments, String message) {
    List<ColumnType> types =
        arguments.isEmpty()
            ? List.of()
            : Arrays.stream(arguments.split(" ", -1)).map(AggregatesTest::type).toList();
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> aggregates.resultType(function, types, List.of()));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }

  @Test
  void shouldFinishNothing() {
    assertEquals(0L, new OneState("COUNT", Kind.LONG).add(null).finish());
    assertNull(new OneState("SUM", Kind.LONG).add(null).finish());
    assertNull(new OneState("SUM", Kind.DOUBLE).finish());
    assertNull(new OneState("MIN", Kind.LONG).finish());
    assertNull(new OneState("MAX", Kind.STRING).finish());
  }

  @Test
  void shouldFindExtremes() {
    List<Long> longs = List.of(3L, Long.MIN_VALUE, Long.MAX_VALUE, 0L);
    assertEquals(Long.MIN_VALUE, new OneState("MIN", Kind.LONG).addAll(longs).finish());
    assertEquals(Long.MAX_VALUE, new OneState("MAX", Kind.LONG).addAll(longs).finish());
    List<Double> doubles = List.of(-1.5, 2.25, -Double.MIN_VALUE, -1e300);
    assertEquals(-1e300, new OneState("MIN", Kind.DOUBLE).addAll(doubles).finish());
    assertEquals(2.25, new OneState("MAX", Kind.DOUBLE).addAll(doubles).finish());
  }

  @Test
  void shouldOrderTextByCodePoint() {
    // U+FF5A is above U+1F600 in UTF-16, below it in UTF-8 and by code point
    List<String> texts = List.of("\uFF5A", "\uD83D\uDE00", "z", "");
    assertEquals("", new OneState("MIN", Kind.STRING).addAll(texts).finish());
    assertEquals("\uD83D\uDE00", new OneState("MAX", Kind.STRING).addAll(texts).finish());
  }
}
