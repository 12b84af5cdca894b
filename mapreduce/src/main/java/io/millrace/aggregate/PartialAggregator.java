package io.millrace.aggregate;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Folds clean records into one state for each entity and event day, in bounded memory: when that is
 * full, all states go to the sink and it starts anew. Where a full table shows that hardly two
 * records go together, the rest go to the sink as a state each, without a table. Not thread-safe.
 */
public final class PartialAggregator {
  /** Records whose groups are looked up together. */
  private static final int BATCH = 32;

  private final GroupRecords records;
  private final KeyBatch keys;
  private final boolean needsAge;
  private final CombiningTable table;

  /**
   * An aggregator without states.
   *
   * @param tableBytes memory for states
   */
  public PartialAggregator(PartialSettings settings, long tableBytes, PartialSink sink) {
    records = new GroupRecords(settings, BATCH);
    keys = new KeyBatch(PartialKey.entityEncoder(records.layout(), settings.entity()), BATCH);
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
        int last = keys.size();
        keys.add(records.row(last), Math.toIntExact(records.day(last)));
        if (keys.size() == BATCH) {
          addBatch();
        }
      }
    }
    addBatch();
  }

  private void addBatch() throws IOException, InterruptedException {
    table.find(keys);
    for (int i = 0; i < keys.size(); i++) {
      int group = table.begin(keys, i);
      records.addTo(table.states(), group, i, needsAge);
      table.end();
    }
    keys.clear();
    records.release();
  }

  /** How many records were begun; after a failure, with the one that failed. */
  public long taken() {
    return records.current();
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
