package io.millrace.expression.tree;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;

/** What CAST may turn into what. */
public final class Conversion {
  private Conversion() {}

  public static boolean isAllowed(ColumnType from, ColumnType to) {
    Kind kind = from.kind();
    return switch (to.kind()) {
      case STRING -> true;
      case BOOLEAN ->
          kind == Kind.BOOLEAN || kind == Kind.STRING || kind == Kind.INT || kind == Kind.LONG;
      case INT, LONG, FLOAT, DOUBLE, DECIMAL ->
          kind.isNumeric() || kind == Kind.BOOLEAN || kind == Kind.STRING;
      case DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          kind == Kind.DATE || kind.isTimestamp() || kind == Kind.STRING;
    };
  }
}
