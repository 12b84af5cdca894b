package io.millrace.expression.tree;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;

/** Which values may be stored in which columns without a CAST. */
public final class Assignment {
  private Assignment() {}

  /**
   * Numbers may be widened, and narrowed where each value can be checked to fit; DOUBLE goes into
   * REAL as the nearest one. Digits are never cut off.
   */
  public static boolean isAllowed(ColumnType value, ColumnType column) {
    return switch (column.kind()) {
      case BOOLEAN, DATE, STRING, TIMESTAMP_MILLIS -> value.kind() == column.kind();
      case TIMESTAMP_MICROS -> value.kind().isTimestamp();
      case INT, LONG -> value.kind() == Kind.INT || value.kind() == Kind.LONG;
      case FLOAT, DOUBLE -> value.kind().isNumeric();
      case DECIMAL ->
          value.kind() == Kind.INT
              || value.kind() == Kind.LONG
              || (value.kind() == Kind.DECIMAL && value.scale() <= column.scale());
    };
  }
}
