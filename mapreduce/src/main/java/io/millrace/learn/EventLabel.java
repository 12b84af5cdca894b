package io.millrace.learn;

import io.millrace.aggregate.Computation;
import io.millrace.aggregate.Evaluator;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.util.Optional;

/**
 * The label of an event, computed from its columns: 1 or 0 of a condition, a number, or text. NULL,
 * what cannot be computed, and a number that is none or infinite are no label. Not thread-safe.
 */
public final class EventLabel {
  private final Evaluator evaluator;
  private final int slot;
  private final ColumnType type;
  private final double divisor;

  /**
   * A label.
   *
   * @param scope the columns of the events
   * @param label what computes one column
   */
  public EventLabel(RowType scope, Computation label) {
    evaluator = new Evaluator(scope, label);
    slot = scope.size();
    type = label.columns().get(0).type();
    divisor = Math.pow(10, type.scale()); // exact up to 10^22
  }

  /** The columns of the events, and the label behind them. */
  public RowType layout() {
    return evaluator.layout();
  }

  /** A row that events are read into. */
  public Row newRow() {
    return evaluator.newRow();
  }

  /** Computes the label of the event in the row; false where it has none. */
  public boolean compute(Row row, Example example) {
    evaluator.evaluate(row);
    if (row.nulls[slot]) {
      return false;
    }
    switch (type.kind()) {
      case STRING -> example.setText(row.bytes, row.offsets[slot], row.lengths[slot]);
      case FLOAT, DOUBLE -> example.label = row.doubles[slot];
      case DECIMAL -> example.label = row.longs[slot] / divisor;
      case BOOLEAN, INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          example.label = row.longs[slot];
    }
    return Double.isFinite(example.label);
  }

  /** How many labels could not be computed. */
  public long failures() {
    return evaluator.failures();
  }

  /** What was wrong first, for a person. */
  public Optional<String> firstFailure() {
    return evaluator.firstFailure();
  }
}
