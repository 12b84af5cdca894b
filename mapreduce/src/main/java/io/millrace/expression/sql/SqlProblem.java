package io.millrace.expression.sql;

import org.apache.calcite.sql.SqlNode;

/** What is wrong with an expression, and where; both count from 1. */
public final class SqlProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  SqlProblem(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  static SqlProblem at(SqlNode node, String message) {
    return new SqlProblem(
        message, node.getParserPosition().getLineNum(), node.getParserPosition().getColumnNum());
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
