package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.RowEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Folds clean records into one state for each entity and event day, in bounded memory: when that is
 * full, all states go to the sink and it starts anew. Not thread-safe.
 */
public final class PartialAggregator {
  private final PartialSink sink;
  private final GroupRecords records;
  private final RowEncoder entityEncoder;
  private final ByteBuilder key = new ByteBuilder();
  private final boolean needsAge;
  private final GroupStates states;
  private final GroupTable table;
  private final ByteBuilder encoded = new ByteBuilder();
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
    table = new GroupTable(states, tableBytes);
  }

  /** Adds so many encoded records, one behind the other. */
  public void add(byte[] block, int offset, int length, long count)
      throws IOException, InterruptedException {
    records.load(block, offset, length);
    for (long i = 0; i < count; i++) {
      if (records.next()) {
        records.addTo(states, group(), needsAge);
        if (table.isOverfull()) {
          flush();
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
    for (int group = 0; group < table.size(); group++) {
      states.encode(group, encoded.clear());
      sink.write(table.keys(), table.keyOffset(group), table.keyLength(group), encoded);
    }
    written += table.size();
    table.clear();
  }

  public PartialCounts counts() {
    return records.counts(written);
  }

  /** The first error of an expression, for a person. */
  public Optional<String> firstError() {
    return records.firstError();
  }

  private int group() throws IOException, InterruptedException {
    entityEncoder.encode(records.row(), key.clear().putBigEndian(0L));
    long day = records.day();
    long hash = PartialKey.complete(key, day) + day;
    int group = table.group(key.array(), 0, key.length(), hash);
    if (group == GroupTable.NO_ROOM) {
      flush();
      group = table.group(key.array(), 0, key.length(), hash);
    }
    return group;
  }
}
