package io.millrace.aggregate;

import io.millrace.expression.CompiledProgram;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.RowType;
import java.util.List;

/**
 * Columns that are computed from the others of a row, as plain data that travels to the tasks.
 *
 * @param filtered whether the program begins with a check that a row has to pass
 * @param program the check, and all columns one after the other
 * @param columns what is computed
 */
public record Computation(boolean filtered, CompiledProgram program, List<Computed> columns) {
  public Computation {
    columns = List.copyOf(columns);
  }

  /**
   * A computed column.
   *
   * @param type nullable: what cannot be computed is NULL
   * @param alone a program that computes it and nothing else
   * @param reads the scope's columns that it reads
   */
  public record Computed(
      String column, ColumnType type, CompiledProgram alone, List<String> reads) {
    public Computed {
      reads = List.copyOf(reads);
    }
  }

  /** The row's columns and the computed ones behind them. */
  public RowType layout(RowType scope) {
    return scope.with(
        scope.name(),
        columns.stream().map(computed -> new Column(computed.column(), computed.type())).toList());
  }
}
