package io.millrace.aggregate;

import io.millrace.row.ByteCursor;
import java.io.IOException;
import java.util.List;

/**
 * Merges the states that {@link PartialAggregator}s have sent on, by entity and event day, in
 * bounded memory and in the same way: what goes to the sink are states of the same records, and
 * mostly fewer. Not thread-safe.
 */
public final class PartialCombiner {
  private final CombiningTable table;
  private final ByteCursor cursor = new ByteCursor();

  /**
   * A combiner without states.
   *
   * @param tableBytes memory for states
   */
  public PartialCombiner(List<StateSettings> kept, long tableBytes, PartialSink sink) {
    table = new CombiningTable(kept.stream().map(Aggregates::create).toList(), tableBytes, sink);
  }

  /**
   * Adds encoded states.
   *
   * @param array holds the {@link PartialKey} and behind it the states
   */
  public void add(byte[] array, int offset, int keyLength, int states, int statesLength)
      throws IOException, InterruptedException {
    int entityLength = keyLength - PartialKey.DAY_BYTES;
    cursor.reset(array, offset, keyLength);
    long hash = cursor.readBigEndian();
    int day = PartialKey.day(array, offset, keyLength);
    int group = table.begin(array, offset, entityLength, hash, day);
    table.states().merge(group, cursor.reset(array, states, statesLength));
    if (cursor.hasRemaining()) {
      throw new IllegalArgumentException(
          "Cannot merge a state: " + cursor.remaining() + " bytes are left behind it");
    }
    table.end();
  }

  /** Sends what is in memory to the sink. */
  public void flush() throws IOException, InterruptedException {
    table.flush();
  }

  /** How many states went to the sink. */
  public long written() {
    return table.written();
  }
}
