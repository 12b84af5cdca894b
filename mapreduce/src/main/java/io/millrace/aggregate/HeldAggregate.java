package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** An aggregate whose states are objects, stored as bytes; null where no value was added. */
abstract sealed class HeldAggregate<S extends HeldState> extends Aggregate
    permits CountsAggregate, HistogramAggregate, SetAggregate, SketchAggregate {
  private final Class<S> type;
  private final ByteBuilder stored = new ByteBuilder();

  HeldAggregate(Class<S> type) {
    this.type = type;
  }

  /** A state of nothing. */
  abstract S start();

  abstract void add(S state, Row row, int slot);

  abstract void merge(S state, S other);

  /** Adds what {@link #write} has written, which ends where it says. */
  abstract void read(S state, ByteCursor encoded, int end);

  /** Appends a state to which something was added. */
  abstract void write(S state, ByteBuilder out);

  /** The state of a group; null where nothing was added. */
  final @Nullable S state(GroupStates states, int object) {
    return type.cast(states.objects[object]);
  }

  @Override
  public final Schema storedSchema() {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.BYTES));
  }

  @Override
  final int words() {
    return 0;
  }

  @Override
  final int objects() {
    return 1;
  }

  @Override
  final void add(GroupStates states, int word, int object, Row row, int slot) {
    S state = started(states, object);
    int before = state.bytes();
    add(state, row, slot);
    account(states, before, state);
  }

  @Override
  final void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    S other = state(from, fromObject);
    if (other != null) {
      S state = started(states, object);
      int before = state.bytes();
      merge(state, other);
      account(states, before, state);
    }
  }

  @Override
  final void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (readBranch(encoded)) {
      int length = encoded.readLength();
      S state = started(states, object);
      int before = state.bytes();
      read(state, encoded, encoded.position() + length);
      account(states, before, state);
    }
  }

  @Override
  final void encode(GroupStates states, int word, int object, ByteBuilder out) {
    S state = state(states, object);
    if (state == null) {
      out.putByte(NULL_BRANCH);
      return;
    }
    write(state, stored.clear());
    out.putByte(VALUE_BRANCH).putSlice(stored.array(), 0, stored.length());
  }

  private S started(GroupStates states, int object) {
    S state = state(states, object);
    if (state == null) {
      state = start();
      states.objects[object] = state;
      states.held(state.bytes());
    }
    return state;
  }

  private void account(GroupStates states, int before, S state) {
    int now = state.bytes();
    if (now != before) {
      states.released(before);
      states.held(now);
    }
  }
}
