package io.millrace.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** Values of a row as a person reads them. */
public final class ValueText {
  private static final int LONGEST = 80;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private ValueText() {}

  /**
   * The value of a slot: {@code NULL}, a number, an ISO 8601 date or instant, or quoted text, cut
   * where it is long.
   */
  public static String of(Row row, int slot, ColumnType type) {
    if (row.nulls[slot]) {
      return "NULL";
    }
    long value = row.longs[slot];
    return switch (type.kind()) {
      case BOOLEAN -> value == 0 ? "FALSE" : "TRUE";
      case INT, LONG -> Long.toString(value);
      case FLOAT -> Float.toString((float) row.doubles[slot]);
      case DOUBLE -> Double.toString(row.doubles[slot]);
      case DECIMAL -> BigDecimal.valueOf(value, type.scale()).toPlainString();
      case DATE -> LocalDate.ofEpochDay(value).toString();
      case TIMESTAMP_MILLIS -> Instant.ofEpochMilli(value).toString();
      case TIMESTAMP_MICROS ->
          Instant.ofEpochSecond(
                  Math.floorDiv(value, MICROS_PER_SECOND),
                  Math.floorMod(value, MICROS_PER_SECOND) * 1000)
              .toString();
      case STRING -> quote(row.string(slot));
    };
  }

  private static String quote(String text) {
    return "'" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "'";
  }
}
