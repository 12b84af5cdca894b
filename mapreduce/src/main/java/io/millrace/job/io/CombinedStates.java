package io.millrace.job.io;

import io.millrace.aggregate.PartialCounts;
import io.millrace.aggregate.PartialSink;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.io.IOException;

/**
 * Files of states that a job has combined for another one, as records of an Avro container: the key
 * and the states, in any order and more than one of a key; and one record a task, with an empty
 * key, of what was counted while they were made.
 */
public final class CombinedStates {
  /** The schema of the records. */
  public static final String SCHEMA =
      """
      {"type": "record", "name": "CombinedStates", "namespace": "io.millrace.avro", "fields": [
        {"name": "key", "type": "bytes"},
        {"name": "states", "type": "bytes"}]}
      """;

  private static final byte[] NO_KEY = {};

  private CombinedStates() {}

  /** Takes the records of a file. */
  public interface Sink {
    /** Takes states; the array holds both, and is valid during the call only. */
    void states(byte[] array, int key, int keyLength, int states, int statesLength)
        throws IOException, InterruptedException;

    /** Takes what one task has counted. */
    void counts(PartialCounts counts);
  }

  /** Makes the record of a state, as a {@link PartialSink} is given it. */
  public static void put(
      byte[] array, int offset, int length, ByteBuilder states, ByteBuilder out) {
    out.putVarint(length).putBytes(array, offset, length);
    out.putVarint(states.length()).putBytes(states.array(), 0, states.length());
  }

  /** Makes the record of what was counted. */
  public static void put(PartialCounts counts, ByteBuilder out) {
    ByteBuilder numbers =
        new ByteBuilder()
            .putVarint(counts.read())
            .putVarint(counts.withoutEntity())
            .putVarint(counts.withoutTime())
            .putVarint(counts.filtered())
            .putVarint(counts.filterErrors())
            .putVarint(counts.argumentErrors())
            .putVarint(counts.states());
    put(NO_KEY, 0, 0, numbers, out);
  }

  /** Reads the records of a block. */
  public static void read(RecordBlock block, Sink sink) throws IOException, InterruptedException {
    Slice bytes = block.bytes();
    ByteCursor cursor = new ByteCursor().reset(bytes.array(), bytes.offset(), bytes.length());
    for (long i = 0; i < block.count(); i++) {
      int keyLength = cursor.readLength();
      int key = cursor.advance(keyLength);
      int statesLength = cursor.readLength();
      if (keyLength == 0) {
        sink.counts(counts(cursor));
      } else {
        sink.states(bytes.array(), key, keyLength, cursor.advance(statesLength), statesLength);
      }
    }
  }

  private static PartialCounts counts(ByteCursor cursor) {
    return new PartialCounts(
        cursor.readVarint(),
        cursor.readVarint(),
        cursor.readVarint(),
        cursor.readVarint(),
        cursor.readVarint(),
        cursor.readVarint(),
        cursor.readVarint());
  }
}
