package io.millrace.job.io;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/**
 * The decompressed records of one block of an Avro container file: so many binary encodings, one
 * behind the other. Valid until the next block is read.
 */
public final class RecordBlock implements Writable {
  private final Slice bytes = new Slice();
  private long count;
  private long firstRecord;

  /**
   * Points this block to bytes.
   *
   * @param count of records in the bytes
   * @param firstRecord how many records of the file precede this block, where the reader knows,
   *     else 0
   */
  public RecordBlock set(long count, long firstRecord, byte[] array, int offset, int length) {
    this.count = count;
    this.firstRecord = firstRecord;
    bytes.set(array, offset, length);
    return this;
  }

  public long count() {
    return count;
  }

  public long firstRecord() {
    return firstRecord;
  }

  public Slice bytes() {
    return bytes;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeLong(firstRecord);
    out.writeInt(bytes.length());
    out.write(bytes.array(), bytes.offset(), bytes.length());
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    count = in.readLong();
    firstRecord = in.readLong();
    byte[] copy = new byte[in.readInt()];
    in.readFully(copy);
    bytes.set(copy, 0, copy.length);
  }
}
