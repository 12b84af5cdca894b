package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.util.List;

/** The state of one aggregate over one argument, for tests. */
final class OneState {
  private static final int[] SLOTS = {0};

  private final ColumnType argument;
  private final ColumnType result;
  private final GroupStates states;
  private final Row row = new Row(2);

  OneState(String function, ColumnType argument) {
    this.argument = argument;
    Aggregate aggregate =
        Aggregates.create(new AggregateSettings(function, List.of(argument), function + "(x)"));
    result = aggregate.resultType();
    states = new GroupStates(List.of(aggregate));
    states.resize(1);
    states.start(0);
  }

  OneState(String function, Kind kind) {
    this(function, ColumnType.of(kind));
  }

  /** Adds a value: a Long, a Double, a String, or null. */
  OneState add(Object value) {
    row.clear();
    if (value == null) {
      row.setNull(0);
    } else if (value instanceof String text) {
      row.setString(0, text);
    } else if (argument.kind().storage() == Kind.Storage.DOUBLE) {
      row.setDouble(0, ((Number) value).doubleValue());
    } else {
      row.setLong(0, ((Number) value).longValue());
    }
    states.add(0, row, SLOTS);
    return this;
  }

  OneState addAll(List<?> values) {
    values.forEach(this::add);
    return this;
  }

  OneState merge(OneState other) {
    states.merge(0, other.states, 0);
    return this;
  }

  OneState mergeEncoded(byte[] encoded) {
    states.merge(0, new ByteCursor().reset(encoded, 0, encoded.length));
    return this;
  }

  byte[] encoded() {
    ByteBuilder out = new ByteBuilder();
    states.encode(0, out);
    return out.toByteArray();
  }

  /** A Long, a Double, a String, or null. */
  Object finish() {
    row.clear();
    states.finish(0, 0, row, 1);
    if (row.nulls[1]) {
      return null;
    }
    return switch (result.kind().storage()) {
      case LONG -> row.longs[1];
      case DOUBLE -> row.doubles[1];
      case SLICE -> row.string(1);
    };
  }
}
