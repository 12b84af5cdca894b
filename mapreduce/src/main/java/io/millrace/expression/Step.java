package io.millrace.expression;

/** One step of a {@link Program}; its name is what stack traces and messages show. */
public sealed interface Step {
  String name();

  TypedExpression expression();

  /** Computes the value of a column. */
  record Assign(String name, TypedExpression expression, String column) implements Step {}

  /** A condition that must be TRUE; NULL is a failure. */
  record Check(String name, TypedExpression expression) implements Step {}
}
