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
  private final GroupRecords records;
  private final RowEncoder entityEncoder;
  private final ByteBuilder entity = new ByteBuilder();
  private final boolean needsAge;
  private final CombiningTable table;

  /**
   * An aggregator without states.
   *
   * @param tableBytes memory for states
   */
  public PartialAggregator(PartialSettings settings, long tableBytes, PartialSink sink) {
    records = new GroupRecords(settings);
    entityEncoder = PartialKey.entityEncoder(records.layout(), settings.entity());
    List<Aggregate> aggregates = settings.newAggregates();
    needsAge = aggregates.stream().anyMatch(Aggregate::needsAge);
    table = new CombiningTable(aggregates, tableBytes, sink);
  }

  /** Adds so many encoded records, one behind the other. */
  public void add(byte[] block, int offset, int length, long count)
      throws IOException, InterruptedException {
    records.load(block, offset, length);
    for (long i = 0; i < count; i++) {
      if (records.next()) {
        int day = Math.toIntExact(records.day());
        entityEncoder.encode(records.row(), entity.clear().putBigEndian(0L));
        long hash = PartialKey.putHash(entity);
        int group = table.begin(entity.array(), 0, entity.length(), hash, day);
        records.addTo(table.states(), group, needsAge);
        table.end();
      }
    }
  }

  /** How many records were begun, so that one that fails can be told. */
  public long taken() {
    return records.taken();
  }

  /** Whether records have become states of their own, as hardly two of them go together. */
  public boolean passesOn() {
    return table.passesOn();
  }

  /** Sends what is in memory to the sink. */
  public void flush() throws IOException, InterruptedException {
    table.flush();
  }

  public PartialCounts counts() {
    return records.counts(table.written());
  }

  /** The first error of an expression, for a person. */
  public Optional<String> firstError() {
    return records.firstError();
  }
}
