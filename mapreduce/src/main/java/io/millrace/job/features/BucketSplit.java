package io.millrace.job.features;

import io.millrace.job.io.NumberedSplit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputSplit;

/** One bucket of the features: the parts of all inputs that make it. */
final class BucketSplit extends InputSplit implements NumberedSplit, Writable {
  private int bucket;
  private long length;
  private String[] hosts = {};

  /** For Hadoop, which calls {@link #readFields}. */
  BucketSplit() {}

  BucketSplit(int bucket, long length, List<String> hosts) {
    this.bucket = bucket;
    this.length = length;
    this.hosts = hosts.toArray(String[]::new);
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
