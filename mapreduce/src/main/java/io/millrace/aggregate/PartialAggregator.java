package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.RowEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Folds clean records into one state for each entity and event day, in bounded memory: when that is
 * full, all states go to the sink and it starts anew. Where a full table shows that hardly two
 * records go together, the rest go to the sink as a state each, without a table. Not thread-safe.
 */
public final class PartialAggregator {
  /**
   * From so many records a state on, in tenths, a table is worth it. An entity with a tenth of all
   * records keeps it, and so never burdens the one task that merges its states.
   */
  private static final int LEAST_TENTHS_PER_STATE = 11;

  private final PartialSink sink;
  private final GroupRecords records;
  private final RowEncoder entityEncoder;
  private final ByteBuilder key = new ByteBuilder();
  private final boolean needsAge;
  private final GroupStates states;
  private final GroupStates single;
  private final long tableBytes;
  private final ByteBuilder encoded = new ByteBuilder();
  private GroupTable table;

  /** Records whose states are in the table. */
  private long folded;

  private boolean passesOn;
  private long written;

  /**
   * An aggregator without states.
   *
   * @param tableBytes memory for states
   */
  public PartialAggregator(PartialSettings settings, long tableBytes, PartialSink sink) {
    this.sink = sink;
    records = new GroupRecords(settings);
    entityEncoder = PartialKey.entityEncoder(records.layout(), settings.entity());
    List<Aggregate> aggregates = settings.newAggregates();
    needsAge = aggregates.stream().anyMatch(Aggregate::needsAge);
    states = new GroupStates(aggregates);
    single = new GroupStates(aggregates);
    single.resize(1);
    this.tableBytes = tableBytes;
    table = new GroupTable(states, tableBytes);
  }

  /** Adds so many encoded records, one behind the other. */
  public void add(byte[] block, int offset, int length, long count)
      throws IOException, InterruptedException {
    records.load(block, offset, length);
    for (long i = 0; i < count; i++) {
      if (records.next()) {
        int day = Math.toIntExact(records.day());
        long hash = setEntity();
        if (passesOn) {
          passOn(day);
        } else {
          fold(hash, day);
        }
      }
    }
  }

  /** How many records were begun, so that one that fails can be told. */
  public long taken() {
    return records.taken();
  }

  /** Sends what is in memory to the sink. */
  public void flush() throws IOException, InterruptedException {
    for (int cell = 0; cell < table.cells(); cell++) {
      int group = table.groupAt(cell);
      if (group != GroupTable.NO_GROUP) {
        states.encode(group, encoded.clear());
        table.putEntity(cell, key.clear());
        PartialKey.putDay(key, table.dayAt(cell));
        sink.write(key.array(), 0, key.length(), encoded);
      }
    }
    written += table.size();
    table.clear();
    folded = 0;
  }

  public PartialCounts counts() {
    return records.counts(written);
  }

  /** The first error of an expression, for a person. */
  public Optional<String> firstError() {
    return records.firstError();
  }

  private void fold(long hash, int day) throws IOException, InterruptedException {
    int group = table.group(key.array(), 0, key.length(), hash, day);
    if (group == GroupTable.NO_ROOM) {
      empty();
      setEntity();
      if (passesOn) {
        passOn(day);
        return;
      }
      group = table.group(key.array(), 0, key.length(), hash, day);
    }
    records.addTo(states, group, needsAge);
    folded++;
    if (table.isOverfull()) {
      empty();
    }
  }

  /** Empties a table that is full, and decides whether there will be another. */
  private void empty() throws IOException, InterruptedException {
    passesOn = 10 * folded < LEAST_TENTHS_PER_STATE * (long) table.size();
    flush();
    if (passesOn) {
      // lets go of the memory
      table = new GroupTable(states, tableBytes);
    }
  }

  private void passOn(int day) throws IOException, InterruptedException {
    single.start(0);
    records.addTo(single, 0, needsAge);
    single.encode(0, encoded.clear());
    single.clear();
    PartialKey.putDay(key, day);
    sink.write(key.array(), 0, key.length(), encoded);
    written++;
  }

  /** Sets the key to that of the record's entity, without the day, and returns its hash. */
  private long setEntity() {
    entityEncoder.encode(records.row(), key.clear().putBigEndian(0L));
    return PartialKey.putHash(key);
  }
}
