package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstLastTest {
  /** Adds {@code time:value …}; {@code -} is NULL. */
  private static Object finish(String function, ColumnType type, String events) {
    OneState state = new OneState(function, type);
    for (String event : events.split(" ", -1)) {
      String[] parts = event.split(":", -1);
      state.add(value(type.kind(), parts[1]), Long.parseLong(parts[0]), 0);
    }
    return state.finish();
  }

  private static Object value(Kind kind, String text) {
    if (text.equals("-")) {
      return null;
    }
    return switch (kind.storage()) {
      case SLICE -> text;
      case LONG -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
    };
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # function, type, time:value of each record, result
          FIRST, LONG,    5:50 3:30 9:90,            30
          LAST,  LONG,    5:50 3:30 9:90,            90
          FIRST, LONG,    -5:7 5:1 0:3,              7
          LAST,  LONG,    -5:7 -6:1,                 7
          # NULL is passed over
          LAST,  LONG,    5:50 9:-,                  50
          FIRST, LONG,    1:- 5:50 9:-,              50
          # of equal times the least for FIRST, the greatest for LAST
          FIRST, LONG,    3:8 3:-2 3:9 4:-100,       -2
          LAST,  LONG,    3:8 3:-2 3:9 2:100,        9
          FIRST, BOOLEAN, 3:1 3:0,                   0
          LAST,  DATE,    1:19000 2:18000,           18000
          """)
  void shouldFollowTheEventTime(String function, Kind kind, String events, long expected) {
    assertEquals(expected, finish(function, ColumnType.of(kind), events));
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST, 5:zebra 3:web 3:app 9:a, app",
    "LAST,  9:web 3:zebra 9:app, web",
    "LAST,  9:a 9:aa, aa",
    "FIRST, 9:a 9:aa, a",
  })
  void shouldTakeText(String function, String events, String expected) {
    assertEquals(expected, finish(function, ColumnType.of(Kind.STRING), events));
  }

  @Test
  void shouldTakeFloatingPoint() {
    assertEquals(-1.5, finish("FIRST", ColumnType.of(Kind.DOUBLE), "1:-1.5 1:2.5 7:-9"));
    assertEquals(2.5, finish("LAST", ColumnType.of(Kind.DOUBLE), "1:-1.5 1:2.5 0:-9"));
  }

  @Test
  void shouldBeNullOfNothing() {
    assertNull(finish("FIRST", ColumnType.of(Kind.STRING), "1:-"));
    assertNull(finish("LAST", ColumnType.decimal(8, 2), "1:-"));
  }

  @Test
  void shouldStoreTimeAndValue() {
    HexFormat hex = HexFormat.of();
    // branch, length, time 5 by zig-zag, value
    assertEquals(
        "02" + "04" + "0a" + "07",
        hex.formatHex(new OneState("LAST", Kind.INT).add(-4L, 5, 0).encoded()));
    assertEquals(
        "02" + "08" + "0a" + "04" + "6869",
        hex.formatHex(new OneState("LAST", Kind.STRING).add("hi", 5, 0).encoded()));
    assertEquals("00", hex.formatHex(new OneState("FIRST", Kind.STRING).encoded()));
  }

  @Test
  void shouldNotDependOnTheOrderOfTies() {
    List<String> values = new ArrayList<>(List.of("b", "a", "d", "c"));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(values, new Random(seed));
      OneState merged = new OneState("FIRST", Kind.STRING);
      values.forEach(
          value ->
              merged.mergeEncoded(new OneState("FIRST", Kind.STRING).add(value, 1, 0).encoded()));
      assertEquals("a", merged.finish());
    }
  }
}
