package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression over aggregates, split at their calls.
 *
 * @param results the columns {@code $i} that the calls give, and {@link #WINDOW_END} where it is
 *     used
 * @param finish the rest, over {@code results}
 */
public record SplitAggregates(
    List<Call> calls, String finishSql, RowType results, Expression finish) {
  /** What stands, outside of aggregates, for the end of the window: a TIMESTAMP. */
  public static final String WINDOW_END = "WINDOW_END";

  /**
   * An aggregate function over the columns of a record.
   *
   * @param parameters the literals behind the argument, without zeros at their end
   */
  public record Call(String function, Optional<Argument> argument, List<BigDecimal> parameters) {}

  /** What is aggregated, with the text that it came from; equal where it computes the same. */
  public record Argument(Expression tree, String sql) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Argument that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
      return tree.hashCode();
    }
  }
}
