package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;

/** APPROX_COUNT_DISTINCT, from a {@link DistinctSketch}. */
final class SketchAggregate extends HeldAggregate<DistinctSketch> {
  private final ValueForm form;

  SketchAggregate(ColumnType argument) {
    super(DistinctSketch.class);
    form = new ValueForm(argument);
  }

  @Override
  String storedDoc() {
    return "The %d least hashes of the values, ascending; null where no value was added."
        .formatted(DistinctSketch.KEPT);
  }

  @Override
  DistinctSketch start() {
    return new DistinctSketch();
  }

  @Override
  void add(DistinctSketch state, Row row, int slot) {
    state.add(DistinctSketch.hash(form.hash(row, slot)));
  }

  @Override
  void merge(DistinctSketch state, DistinctSketch other) {
    state.add(other);
  }

  @Override
  void read(DistinctSketch state, ByteCursor encoded, int end) {
    state.read(encoded, end - encoded.position());
  }

  @Override
  void write(DistinctSketch state, ByteBuilder out) {
    state.write(out);
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(
        ColumnType.of(Kind.LONG),
        (states, word, object, row, slot) -> {
          DistinctSketch state = state(states, object);
          row.setLong(slot, state == null ? 0 : state.estimate());
        });
  }
}
