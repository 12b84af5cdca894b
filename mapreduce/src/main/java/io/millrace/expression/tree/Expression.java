package io.millrace.expression.tree;

import io.millrace.row.ColumnType;
import java.util.List;
import java.util.Set;

/** A node of a typed expression. */
public interface Expression {
  /** The type of the value; nullable unless it is sure never to be NULL. */
  ColumnType type();

  /** What it is computed from, in the order of evaluation. */
  List<Expression> operands();

  /** Adds the names of all columns that are read. */
  default void collectColumns(Set<String> names) {
    for (Expression operand : operands()) {
      operand.collectColumns(names);
    }
  }
}
