package io.millrace.expression;

import io.millrace.row.RowType;
import java.util.List;

/**
 * An expression over aggregate calls, split at the calls: {@code SUM(a) / COUNT(*)} is {@code $0 /
 * $1}.
 *
 * @param sql the text as it was written
 * @param calls each distinct call once
 * @param finishSql the text with {@code $i} in place of call {@code i}
 * @param results the columns {@code $i}, with the types of the calls' results, and WINDOW_END where
 *     it is used
 * @param finish the rest, typed over {@code results}
 */
public record AggregateExpression(
    String sql,
    List<AggregateCall> calls,
    String finishSql,
    RowType results,
    TypedExpression finish) {
  public AggregateExpression {
    calls = List.copyOf(calls);
  }
}
