package io.millrace.expression.tree;

import io.millrace.row.ColumnType;

/** Which values may be stored in which columns without a CAST. */
public final class Assignment {
  private Assignment() {}

  public static boolean isAllowed(ColumnType value, ColumnType column) {
    return value.kind() == column.kind();
  }
}
