package io.millrace.job.io;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;

/**
 * The decompressed records of one block of an Avro container file: so many binary encodings, one
 * behind the other. Valid until the next block is read.
 */
public final class RecordBlock implements Writable {
  private static final Schema UNKNOWN = Schema.create(Schema.Type.NULL);

  private final Slice bytes = new Slice();
  private Schema schema = UNKNOWN;
  private String file = "";
  private long position;
  private long count;
  private long firstRecord;

  /** Says how the records were written, for all blocks that follow. */
  public RecordBlock writtenWith(Schema newSchema) {
    schema = newSchema;
    return this;
  }

  /**
   * Says where the block lies.
   *
   * @param newPosition the byte of the file at which it begins
   */
  public RecordBlock at(String newFile, long newPosition) {
    file = newFile;
    position = newPosition;
    return this;
  }

  /** The file that the block was read from, or nothing where the reader does not say. */
  public String file() {
    return file;
  }

  /** The byte of its file at which the block begins. */
  public long position() {
    return position;
  }

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

  /** The schema that the records were written with, where the reader says so, else `null`. */
  public Schema schema() {
    return schema;
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
    WritableUtils.writeString(out, schema.toString());
    out.writeLong(count);
    out.writeLong(firstRecord);
    out.writeInt(bytes.length());
    out.write(bytes.array(), bytes.offset(), bytes.length());
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    schema = new Schema.Parser().parse(WritableUtils.readString(in));
    count = in.readLong();
    firstRecord = in.readLong();
    byte[] copy = new byte[in.readInt()];
    in.readFully(copy);
    bytes.set(copy, 0, copy.length);
  }
}
