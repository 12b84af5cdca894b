package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;

/**
 * Entities and event days of some records, whose groups are looked up together. Not thread-safe.
 */
final class KeyBatch {
  private final RowEncoder entityEncoder;

  /** Of each record the hash of its entity and the encoded entity, as {@link PartialKey} has it. */
  private final ByteBuilder entities = new ByteBuilder();

  /** Where each entity starts; that of the next one is its end. */
  private final int[] starts;

  private final long[] hashes;
  private final int[] days;
  private int size;

  /**
   * A batch without records.
   *
   * @param most how many records it can have
   */
  KeyBatch(RowEncoder entityEncoder, int most) {
    this.entityEncoder = entityEncoder;
    starts = new int[most + 1];
    hashes = new long[most];
    days = new int[most];
  }

  void add(Row record, int day) {
    int start = starts[size];
    entityEncoder.encode(record, entities.putBigEndian(0L));
    hashes[size] = PartialKey.putHash(entities, start);
    days[size] = day;
    starts[++size] = entities.length();
  }

  void clear() {
    size = 0;
    entities.clear();
  }

  int size() {
    return size;
  }

  /** The array that holds hashes and entities, valid until the next is added. */
  byte[] array() {
    return entities.array();
  }

  int offset(int record) {
    return starts[record];
  }

  int length(int record) {
    return starts[record + 1] - starts[record];
  }

  long hash(int record) {
    return hashes[record];
  }

  int day(int record) {
    return days[record];
  }
}
