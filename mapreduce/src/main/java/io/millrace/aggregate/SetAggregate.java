package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;

/** COUNT(DISTINCT x), from a {@link ValueSet}. */
final class SetAggregate extends HeldAggregate<ValueSet> {
  private final ValueForm form;

  SetAggregate(ColumnType argument) {
    super(ValueSet.class);
    form = new ValueForm(argument);
  }

  @Override
  String storedDoc() {
    return ("The different values, ascending; no bytes where they are more than %d, or take more"
            + " than %d bytes; null where no value was added.")
        .formatted(ValueSet.MOST_VALUES, ValueSet.MOST_BYTES);
  }

  @Override
  ValueSet start() {
    return new ValueSet();
  }

  @Override
  void add(ValueSet state, Row row, int slot) {
    form.take(row, slot);
    state.add(form.array(), form.offset(), form.length());
  }

  @Override
  void merge(ValueSet state, ValueSet other) {
    state.add(other);
  }

  @Override
  void read(ValueSet state, ByteCursor encoded, int end) {
    state.read(form, encoded, end);
  }

  @Override
  void write(ValueSet state, ByteBuilder out) {
    state.write(form, out);
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(
        ColumnType.of(Kind.LONG).withNullable(true),
        (states, word, object, row, slot) -> {
          ValueSet state = state(states, object);
          if (state != null && state.isTooMany()) {
            throw new ArithmeticException(
                "%s counts up to %d values of %d bytes in all, and there are more: use APPROX_COUNT_DISTINCT"
                    .formatted(settings.label(), ValueSet.MOST_VALUES, ValueSet.MOST_BYTES));
          }
          row.setLong(slot, state == null ? 0 : state.size());
        });
  }
}
