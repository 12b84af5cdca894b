package io.millrace.expression;

import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.List;

/** Parses, types and compiles expressions on the client. Not thread-safe. */
public final class ExpressionCompiler {
  private final ZoneId zone;

  /**
   * @param zone in which timestamps are taken apart and read
   */
  public ExpressionCompiler(ZoneId zone) {
    this.zone = zone;
  }

  /** Parses an expression over the columns of a row. */
  public TypedExpression parse(String sql, RowType scope) throws ExpressionException {
    if (scope.size() >= 0) {
      throw notYet(scope);
    }
    throw new IllegalStateException();
  }

  /** Parses an expression that must be BOOLEAN. */
  public TypedExpression parseCondition(String sql, RowType scope) throws ExpressionException {
    if (scope.size() >= 0) {
      throw notYet(scope);
    }
    throw new IllegalStateException();
  }

  /** Parses an expression over aggregate calls and splits it at them. */
  public AggregateExpression parseAggregate(String sql, RowType scope, AggregateTyping typing)
      throws ExpressionException {
    if (scope.size() >= 0) {
      throw notYet(scope);
    }
    throw new IllegalStateException();
  }

  /**
   * Compiles steps.
   *
   * @param layout has all columns that the expressions read, and those that they are assigned to
   * @throws IllegalArgumentException where a value does not go into its column, or a check is not
   *     BOOLEAN
   */
  public CompiledProgram compile(RowType layout, List<Step> steps) {
    return CompiledProgram.empty();
  }

  private ExpressionException notYet(RowType scope) {
    return new ExpressionException("not there yet: " + scope.name() + " in " + zone, 1, 1);
  }
}
