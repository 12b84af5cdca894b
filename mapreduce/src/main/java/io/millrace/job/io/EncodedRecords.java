package io.millrace.job.io;

import io.millrace.row.ByteBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.io.Writable;

/**
 * Encoded records one behind the other, and where each ends. A job that writes many at once pays
 * once for what Hadoop does for each call. Reused. Not thread-safe.
 */
public final class EncodedRecords implements OutputRecords, Writable {
  private final ByteBuilder bytes = new ByteBuilder();
  private int[] ends = new int[16];
  private int count;

  /** Forgets all records. */
  public EncodedRecords clear() {
    bytes.clear();
    count = 0;
    return this;
  }

  /** To append the next record to, before {@link #end()}. */
  public ByteBuilder bytes() {
    return bytes;
  }

  /** Says that what was appended since the last record is one. */
  public EncodedRecords end() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = bytes.length();
    return this;
  }

  /** Forgets the last record. */
  public void removeLast() {
    count--;
    bytes.truncate(start(count));
  }

  public int count() {
    return count;
  }

  /** The array that the records lie in, valid until the next is appended. */
  public byte[] array() {
    return bytes.array();
  }

  /** Where a record begins; of the one behind the last, where it will. */
  public int start(int record) {
    return record == 0 ? 0 : ends[record - 1];
  }

  /** How many bytes a record has. */
  public int length(int record) {
    return ends[record] - start(record);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeInt(length(i));
      out.write(array(), start(i), length(i));
    }
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    clear();
    for (int left = in.readInt(); left > 0; left--) {
      byte[] record = new byte[in.readInt()];
      in.readFully(record);
      bytes.putBytes(record);
      end();
    }
  }
}
