package io.millrace.expression.code;

import io.millrace.expression.tree.Expression;
import io.millrace.row.Column;

/** One step of a program, ready to be written. */
public sealed interface StepCode {
  String name();

  Expression expression();

  /** Stores the value in a column, widened to its type. */
  record Assign(String name, Expression expression, Column column) implements StepCode {}

  /** Goes on only where the value is TRUE. */
  record Check(String name, Expression expression) implements StepCode {}
}
