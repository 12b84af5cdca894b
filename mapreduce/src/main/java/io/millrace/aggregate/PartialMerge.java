package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.util.List;

/** Merges the partial states of one key after the other into stored records. Not thread-safe. */
public final class PartialMerge {
  private final GroupStates states;
  private final ByteCursor cursor = new ByteCursor();

  public PartialMerge(List<StateSettings> kept) {
    states = new GroupStates(kept.stream().map(Aggregates::create).toList());
    states.resize(1);
  }

  /** Forgets the last key. */
  public void start() {
    states.start(0);
  }

  /** Adds encoded states. */
  public void add(byte[] source, int offset, int length) {
    cursor.reset(source, offset, length);
    states.merge(0, cursor);
    if (cursor.hasRemaining()) {
      throw new IllegalArgumentException(
          "Cannot merge a state: " + cursor.remaining() + " bytes are left behind it");
    }
  }

  /** Appends the stored record: entity columns, event day, states. */
  public void putRecord(byte[] key, int offset, int length, ByteBuilder out) {
    states.seal(0);
    PartialKey.putFields(key, offset, length, out);
    states.encode(0, out);
  }
}
