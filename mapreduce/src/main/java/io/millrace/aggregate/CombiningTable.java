package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.util.List;

/**
 * States of entities and event days in bounded memory: when that is full, all of them go to the
 * sink and it starts anew. Where a full table shows that hardly two inputs go together, the rest go
 * to the sink as a state each, without a table. Not thread-safe.
 */
final class CombiningTable {
  /**
   * From so many inputs a state on, in tenths, a table is worth it. An entity with a tenth of all
   * records keeps it, and so never burdens the one task that merges its states.
   */
  private static final int LEAST_TENTHS_PER_STATE = 11;

  private final PartialSink sink;
  private final GroupStates held;
  private final GroupStates single;
  private final long tableBytes;
  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder encoded = new ByteBuilder();
  private GroupTable table;

  /** Inputs whose states are in the table. */
  private long folded;

  private boolean passesOn;
  private long written;

  /**
   * A table without states.
   *
   * @param tableBytes memory for states
   */
  CombiningTable(List<Aggregate> aggregates, long tableBytes, PartialSink sink) {
    this.sink = sink;
    held = new GroupStates(aggregates);
    single = new GroupStates(aggregates);
    single.resize(1);
    this.tableBytes = tableBytes;
    table = new GroupTable(held, tableBytes);
  }

  /** Looks up the groups of inputs that follow. */
  void find(KeyBatch keys) {
    if (!passesOn) {
      table.find(keys);
    }
  }

  /** The same as the other, for an input of the batch that was looked up last. */
  int begin(KeyBatch keys, int input) throws IOException, InterruptedException {
    int group = passesOn ? GroupTable.NO_GROUP : table.found(input);
    return group != GroupTable.NO_GROUP
        ? group
        : begin(
            keys.array(),
            keys.offset(input),
            keys.length(input),
            keys.hash(input),
            keys.day(input));
  }

  /**
   * The group among {@link #states()} to which an input is added; {@link #end} has to follow.
   *
   * @param source holds the hash of the entity and the encoded entity, as {@link PartialKey} has
   *     them
   */
  int begin(byte[] source, int offset, int length, long hash, int day)
      throws IOException, InterruptedException {
    if (!passesOn) {
      int group = table.group(source, offset, length, hash, day);
      if (group == GroupTable.NO_ROOM) {
        empty();
        group = passesOn ? 0 : table.group(source, offset, length, hash, day);
      }
      if (!passesOn) {
        return group;
      }
    }
    PartialKey.putDay(key.clear().putBytes(source, offset, length), day);
    single.start(0);
    return 0;
  }

  /** Where the group lies. */
  GroupStates states() {
    return passesOn ? single : held;
  }

  /** Says that the input was added. */
  void end() throws IOException, InterruptedException {
    if (passesOn) {
      single.encode(0, encoded.clear());
      single.clear();
      sink.write(key.array(), 0, key.length(), encoded);
      written++;
      return;
    }
    folded++;
    if (table.isOverfull()) {
      empty();
    }
  }

  /** Whether inputs are passed on, as they hardly go together. */
  boolean passesOn() {
    return passesOn;
  }

  /** How many states went to the sink. */
  long written() {
    return written;
  }

  /** Empties a table that is full, and decides whether there will be another. */
  private void empty() throws IOException, InterruptedException {
    passesOn = 10 * folded < LEAST_TENTHS_PER_STATE * (long) table.size();
    flush();
    if (passesOn) {
      // lets go of the memory
      table = new GroupTable(held, tableBytes);
    }
  }

  /** Sends what is in memory to the sink. */
  void flush() throws IOException, InterruptedException {
    for (int cell = 0; cell < table.cells(); cell++) {
      int group = table.groupAt(cell);
      if (group != GroupTable.NO_GROUP) {
        held.encode(group, encoded.clear());
        table.putEntity(cell, key.clear());
        PartialKey.putDay(key, table.dayAt(cell));
        sink.write(key.array(), 0, key.length(), encoded);
      }
    }
    written += table.size();
    table.clear();
    folded = 0;
  }
}
