package io.millrace.aggregate;

import io.millrace.expression.runtime.Slices;
import io.millrace.expression.runtime.TextFormatting;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Values as text that is the same on every machine. */
public final class PlainValue {
  private PlainValue() {}

  /**
   * The value of a slot, which is not NULL: text as it is, numbers as CAST gives them, {@code
   * true}, {@code 2026-11-21}, or {@code 2026-11-21T03:00:00Z}. May allocate in the row.
   */
  public static String of(Row row, int slot, ColumnType type) {
    long number = row.longs[slot];
    return switch (type.kind()) {
      case BOOLEAN -> number == 0 ? "false" : "true";
      case INT, LONG -> Long.toString(number);
      case DECIMAL -> BigDecimal.valueOf(number, type.scale()).toPlainString();
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case TIMESTAMP_MILLIS -> Instant.ofEpochMilli(number).toString();
      case TIMESTAMP_MICROS -> Instant.EPOCH.plus(number, ChronoUnit.MICROS).toString();
      case FLOAT -> Slices.string(row, TextFormatting.ofReal(row, row.doubles[slot]));
      case DOUBLE -> Slices.string(row, TextFormatting.ofDouble(row, row.doubles[slot]));
      case STRING -> row.string(slot);
    };
  }
}
