package io.millrace.job.train.trees;

import io.millrace.job.io.JobSettings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** One split, which is all files. The task opens them itself, as it reads them more than once. */
public final class AllRowsInputFormat extends InputFormat<NullWritable, NullWritable> {
  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    long bytes = 0;
    TreesJobSettings settings = JobSettings.get(context.getConfiguration(), TreesJobSettings.class);
    for (String file : settings.files()) {
      Path path = new Path(file);
      bytes += path.getFileSystem(context.getConfiguration()).getFileStatus(path).getLen();
    }
    return List.of(new AllRows(bytes));
  }

  @Override
  public RecordReader<NullWritable, NullWritable> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new NoRecords();
  }

  /** All files. */
  public static final class AllRows extends InputSplit implements Writable {
    private long bytes;

    /** For Hadoop, which then calls {@link #readFields}. */
    public AllRows() {
      this(0);
    }

    AllRows(long bytes) {
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
