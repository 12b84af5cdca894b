package io.millrace.oracle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rows of plain values: Long (also dates as days and timestamps as microseconds since 1970),
 * Double, BigDecimal without trailing zeros, String, Boolean, null.
 */
record Table(List<String> columns, List<List<Object>> rows) {
  /** The columns named, in their order. */
  Table only(String... names) {
    if (rows.isEmpty()) {
      return new Table(List.of(names), rows);
    }
    List<Integer> slots = Stream.of(names).map(columns::indexOf).toList();
    return new Table(
        List.of(names),
        rows.stream().map(row -> Arrays.asList(slots.stream().map(row::get).toArray())).toList());
  }

  /** The same values under other names. */
  Table named(String... names) {
    return new Table(List.of(names), rows);
  }

  /** Rows by their values of some columns, which no two rows share. */
  Map<List<Object>, List<Object>> by(List<String> key) {
    List<Integer> slots = key.stream().map(columns::indexOf).toList();
    Map<List<Object>, List<Object>> result = new HashMap<>();
    for (List<Object> row : rows) {
      List<Object> values = slots.stream().map(row::get).toList();
      if (result.put(values, row) != null) {
        throw new IllegalStateException("Cannot have two rows of " + key + " = " + values);
      }
    }
    return result;
  }
}
