package io.millrace.expression;

import io.millrace.expression.tree.Assignment;
import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Failure;
import io.millrace.row.ColumnType;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression that was parsed and typed. Two are equal when they compute the same in the same
 * way, however their SQL is spaced.
 */
public final class TypedExpression {
  private final String sql;
  private final Expression tree;
  private final Set<String> columns;

  TypedExpression(String sql, Expression tree) {
    this.sql = sql;
    this.tree = tree;
    Set<String> names = new TreeSet<>();
    tree.collectColumns(names);
    this.columns = Collections.unmodifiableSet(names);
  }

  /** The text as it was written. */
  public String sql() {
    return sql;
  }

  public ColumnType type() {
    return tree.type();
  }

  /** The columns it reads, sorted by name. */
  public Set<String> columns() {
    return columns;
  }

  /**
   * Whether the value may be stored in a column of that type. What does not fit is an error at run
   * time, and so is NULL where the column is not nullable.
   */
  public boolean isAssignableTo(ColumnType column) {
    return Assignment.isAllowed(tree.type(), column);
  }

  /**
   * Whether it may fail for some row, when it is computed or when its value is stored in a column
   * of that type. Says yes where it is not sure.
   */
  public boolean canFail(ColumnType column) {
    return Failure.isPossible(tree) || Failure.isPossible(tree.type(), column);
  }

  /** The column, where the expression is nothing but one. */
  public Optional<String> column() {
    // a node that reads a column and has no operands is that column
    return tree.operands().isEmpty() ? columns.stream().findFirst() : Optional.empty();
  }

  Expression tree() {
    return tree;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypedExpression that && tree.equals(that.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  @Override
  public String toString() {
    return sql;
  }
}
