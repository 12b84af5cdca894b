package io.millrace.job.io;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** One split without records, for a task that opens by itself what it works on. */
public abstract class OneSplitInputFormat extends InputFormat<NullWritable, NullWritable> {
  /** How many bytes the task reads. */
  protected abstract long bytes(Configuration configuration) throws IOException;

  @Override
  public final List<InputSplit> getSplits(JobContext context) throws IOException {
    return List.of(new Whole(bytes(context.getConfiguration())));
  }

  @Override
  public final RecordReader<NullWritable, NullWritable> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new NoRecords();
  }

  /** All that the task works on. */
  static final class Whole extends InputSplit implements Writable {
    private long bytes;

    /** For Hadoop, which then calls {@link #readFields}. */
    Whole() {
      this(0);
    }

    Whole(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public long getLength() {
      return bytes;
    }

    @Override
    public String[] getLocations() {
      return new String[0];
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(bytes);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      bytes = in.readLong();
    }
  }

  private static final class NoRecords extends RecordReader<NullWritable, NullWritable> {
    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {
      // there is nothing to open
    }

    @Override
    public boolean nextKeyValue() {
      return false;
    }

    @Override
    public NullWritable getCurrentKey() {
      return NullWritable.get();
    }

    @Override
    public NullWritable getCurrentValue() {
      return NullWritable.get();
    }

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void close() {
      // nor to close
    }
  }
}
