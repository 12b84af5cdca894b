package io.millrace.job.join;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.SortedRecords;
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

/** The features of one bucket, read side by side with entities in the same order. */
final class SortedFeatures implements Closeable {
  private final SortedRecords records;
  private final FeatureRows rows;
  private boolean hasRecord;

  SortedFeatures(
      JoinSettings.Entity entity,
      JoinSettings.Group group,
      BucketFiles files,
      int bucket,
      int buckets,
      Configuration configuration)
      throws IOException {
    Schema written = schema(files, configuration);
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

  /**
   * Moves to an entity, which must not come before the last one; false where it has no features.
   */
  boolean find(byte[] array, int offset, int length, long hash) throws IOException {
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

  /** Appends the wanted features of the entity that was found. */
  void putFeatures(ByteBuilder out) throws IOException {
    try {
      putValues(out);
    } catch (RuntimeException e) {
      throw new IOException("Cannot read " + records.place(), e);
    }
  }

  private void putValues(ByteBuilder out) {
    rows.load(records.array(), records.keyOffset(), records.keyLength() + records.restLength(), 1);
    rows.next();
    out.putBytes(rows.values().array(), 0, rows.values().length());
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
