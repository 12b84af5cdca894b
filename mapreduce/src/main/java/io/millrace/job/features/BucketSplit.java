package io.millrace.job.features;

import io.millrace.job.io.NumberedSplit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputSplit;
import org.jspecify.annotations.Nullable;

/** One bucket of the features: the parts of all inputs that make it. */
final class BucketSplit extends InputSplit implements NumberedSplit, Writable {
  private int bucket;
  private long length;
  private String[] hosts = {};
  private @Nullable MergeReader reader;

  /** For Hadoop, which calls {@link #readFields}. */
  BucketSplit() {}

  BucketSplit(int bucket, long length, List<String> hosts) {
    this.bucket = bucket;
    this.length = length;
    this.hosts = hosts.toArray(String[]::new);
  }

  /** Says who reads it in this process. */
  void readBy(MergeReader newReader) {
    reader = newReader;
  }

  /** The record that its reader has come to, in words. */
  Optional<String> place() {
    return reader == null ? Optional.empty() : reader.place();
  }

  @Override
  public int number() {
    return bucket;
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public String[] getLocations() {
    return hosts.clone();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(bucket);
    out.writeLong(length);
    WritableUtils.writeStringArray(out, hosts);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    bucket = in.readInt();
    length = in.readLong();
    hosts = WritableUtils.readStringArray(in);
  }

  @Override
  public String toString() {
    return "bucket " + bucket;
  }
}
