package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import org.jspecify.annotations.Nullable;

/** MODE and APPROX_TOP_K, from {@link ValueCounts}. */
final class CountsAggregate extends HeldAggregate<ValueCounts> {
  /** Of more values than these, a stored state has the most frequent. */
  static final int MOST_STORED = 1024;

  private final ColumnType argument;
  private final ValueForm form;

  CountsAggregate(ColumnType argument) {
    super(ValueCounts.class);
    this.argument = argument;
    form = new ValueForm(argument);
  }

  @Override
  String storedDoc() {
    return ("How often each value occurs, in the order of the values; of more than %d values the"
            + " most frequent; null where no value was added.")
        .formatted(MOST_STORED);
  }

  @Override
  ValueCounts start() {
    return new ValueCounts();
  }

  @Override
  void add(ValueCounts state, Row row, int slot) {
    form.take(row, slot);
    state.add(form.array(), form.offset(), form.length(), 1);
  }

  @Override
  void merge(ValueCounts state, ValueCounts other) {
    state.add(other);
  }

  @Override
  void read(ValueCounts state, ByteCursor encoded, int end) {
    state.read(form, encoded, end);
  }

  @Override
  void write(ValueCounts state, ByteBuilder out) {
    state.write(form, out);
  }

  @Override
  void seal(GroupStates states, int word, int object) {
    ValueCounts state = state(states, object);
    if (state != null) {
      state.keep(MOST_STORED);
    }
  }

  @Override
  Result result(ResultSettings settings) {
    return settings.function() == AggregateFunction.MODE
        ? new Result(
            argument.withNullable(true),
            (states, word, object, row, slot) -> finishMode(state(states, object), row, slot))
        : topK(settings.parameters().get(0).intValueExact());
  }

  private Result topK(int k) {
    ValueList list = new ValueList(argument, form);
    return new Result(
        ColumnType.of(Kind.STRING).withNullable(true),
        (states, word, object, row, slot) -> {
          ValueCounts state = state(states, object);
          if (state == null) {
            row.setNull(slot);
          } else {
            row.setString(slot, list.json(state.values(), state.mostFrequent(k)));
          }
        });
  }

  private void finishMode(@Nullable ValueCounts state, Row row, int slot) {
    if (state == null) {
      row.setNull(slot);
      return;
    }
    int mode = state.mode();
    ValueTable values = state.values();
    form.put(values.array(), values.offset(mode), values.length(mode), row, slot);
  }
}
