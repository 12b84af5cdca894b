package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** The state of one call over one argument, for tests. */
final class OneState {
  private static final int[] SLOTS = {0};

  private final ColumnType argument;
  private final Aggregate aggregate;
  private final Result result;
  private final GroupStates states;
  private final Row row = new Row(2);

  OneState(String function, ColumnType argument, String... parameters) {
    this.argument = argument;
    AggregateFunction called = Aggregates.function(function);
    List<BigDecimal> values = Stream.of(parameters).map(BigDecimal::new).toList();
    int ofState = called.state().parameters().size();
    String label = function + "(x)";
    aggregate =
        Aggregates.create(
            new StateSettings(
                called.state(), List.of(argument), values.subList(0, ofState), label));
    result =
        aggregate.result(
            new ResultSettings(0, called, values.subList(ofState, values.size()), label));
    states = new GroupStates(List.of(aggregate));
    states.resize(1);
    states.start(0);
  }

  OneState(String function, Kind kind, String... parameters) {
    this(function, ColumnType.of(kind), parameters);
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

  /** Adds a value of a record that happened at a time, so long before the end of its day. */
  OneState add(Object value, long eventTime, long ageMicros) {
    states.eventTime = eventTime;
    states.ageMicros = ageMicros;
    return add(value);
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
    return mergeEncoded(encoded, 0);
  }

  /** Adds an encoded state whose event day ended so long before the windows do. */
  OneState mergeEncoded(byte[] encoded, long ageMicros) {
    states.ageMicros = ageMicros;
    states.merge(0, new ByteCursor().reset(encoded, 0, encoded.length));
    return this;
  }

  OneState seal() {
    states.seal(0);
    return this;
  }

  byte[] encoded() {
    ByteBuilder out = new ByteBuilder();
    states.encode(0, out);
    return out.toByteArray();
  }

  Aggregate aggregate() {
    return aggregate;
  }

  /** A Long, a Double, a String, or null. */
  Object finish() {
    row.clear();
    states.finish(0, 0, result, row, 1);
    if (row.nulls[1]) {
      return null;
    }
    return switch (result.type().kind().storage()) {
      case LONG -> row.longs[1];
      case DOUBLE -> row.doubles[1];
      case SLICE -> row.string(1);
    };
  }
}
