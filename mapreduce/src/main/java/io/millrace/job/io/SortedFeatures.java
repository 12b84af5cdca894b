package io.millrace.job.io;

import io.millrace.join.FeatureRows;
import io.millrace.join.JoinSettings;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The features of one bucket, read side by side with entities in the same order. Not thread-safe.
 */
public final class SortedFeatures implements Closeable {
  private final SortedRecords records;
  private final FeatureRows rows;
  private boolean hasRecord;

  /**
   * Features that stand before the first entity that is looked for.
   *
   * @param files none where there is no history yet
   * @param buckets how many there are; the files may have another number
   */
  public SortedFeatures(
      JoinSettings.Entity entity,
      JoinSettings.Group group,
      BucketFiles files,
      int bucket,
      int buckets,
      Configuration configuration)
      throws IOException {
    Schema written =
        files.names().isEmpty()
            ? new Schema.Parser().parse(group.schema())
            : schema(files, configuration);
    rows = new FeatureRows(entity, group, RowType.fromAvro(written));
    records =
        new SortedRecords(
            files, bucket, buckets, written.getFields(), entity.columns().size(), configuration);
    hasRecord = records.next();
  }

  private static Schema schema(BucketFiles files, Configuration configuration) throws IOException {
    Path first = new Path(files.folder(), files.names().get(0));
    try (AvroRecordReader reader = AvroRecordReader.open(first, configuration)) {
      return reader.schema();
    }
  }

  /** Whether there is an entity; before {@link #next()}, the first. */
  public boolean hasEntity() {
    return hasRecord;
  }

  /** Moves to the next entity. */
  public void next() throws IOException {
    hasRecord = records.next();
  }

  /** Holds the encoded entity. */
  public byte[] array() {
    return records.array();
  }

  public int entityOffset() {
    return records.keyOffset();
  }

  public int entityLength() {
    return records.keyLength();
  }

  /** XXH64 of the encoded entity. */
  public long hash() {
    return records.hash();
  }

  /** The record of the entity in words, with its block and file. */
  public String place() {
    return records.place();
  }

  /**
   * Moves to an entity, which must not come before the last one; false where it has no features.
   */
  public boolean find(byte[] array, int offset, int length, long hash) throws IOException {
    while (hasRecord) {
      int order = Long.compareUnsigned(records.hash(), hash);
      if (order == 0) {
        order =
            Arrays.compareUnsigned(
                records.array(),
                records.keyOffset(),
                records.keyOffset() + records.keyLength(),
                array,
                offset,
                offset + length);
      }
      if (order >= 0) {
        return order == 0;
      }
      hasRecord = records.next();
    }
    return false;
  }

  /** Appends the wanted features of the entity. */
  public void putFeatures(ByteBuilder out) throws IOException {
    try {
      putValues(out);
    } catch (RuntimeException e) {
      throw new IOException("Cannot read " + records.place(), e);
    }
  }

  private void putValues(ByteBuilder out) throws IOException {
    rows.load(records.array(), records.keyOffset(), records.recordLength(), 1);
    rows.next();
    out.putBytes(rows.values().array(), 0, rows.values().length());
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
