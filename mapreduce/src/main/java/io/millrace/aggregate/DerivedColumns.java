package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes columns from the features of all windows of an entity. Not thread-safe. */
final class DerivedColumns {
  private final List<Derivation.Input> inputs;
  private final List<Column> columns;
  private final int[] slots;
  private final long windowEnd;
  private final Evaluator evaluator;
  private final Row row;
  private final RowEncoder encoder;

  /**
   * @param windowRow of the features of one window
   */
  DerivedColumns(Derivation derivation, RowType windowRow, long windowEnd) {
    this.windowEnd = windowEnd;
    inputs = derivation.inputs();
    slots = inputs.stream().mapToInt(input -> windowRow.slot(input.column())).toArray();
    columns = new ArrayList<>();
    for (Derivation.Input input : inputs) {
      columns.add(new Column(input.name(), windowRow.column(input.column()).type()));
    }
    List<Column> scope = new ArrayList<>(columns);
    scope.add(Aggregates.WINDOW_END);
    evaluator = new Evaluator(new RowType("features", scope), derivation.computation());
    row = evaluator.newRow();
    encoder = new RowEncoder(evaluator.layout(), derivation.outputs());
  }

  /** Forgets the last entity. */
  void start() {
    row.clear();
  }

  /** Takes what is read of a window's features. */
  void take(int window, Row features) {
    for (int i = 0; i < slots.length; i++) {
      if (inputs.get(i).window() == window) {
        Evaluator.copy(columns.get(i).type(), features, slots[i], row, i);
      }
    }
  }

  /** Appends the columns, once all windows were taken. */
  void encode(ByteBuilder out) {
    row.setLong(slots.length, windowEnd);
    evaluator.evaluate(row);
    encoder.encode(row, out);
  }

  long errors() {
    return evaluator.failures();
  }

  Optional<String> firstError() {
    return evaluator.firstFailure();
  }
}
