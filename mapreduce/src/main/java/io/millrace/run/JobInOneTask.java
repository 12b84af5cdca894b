package io.millrace.run;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * The task of a job in {@link OneContainer}: runs the job that it was made for to its end, with
 * Hadoop's local runner, and counts what that counts.
 */
final class JobInOneTask extends Mapper<NullWritable, NullWritable, NullWritable, NullWritable> {
  private static final long PAUSE_MILLIS = 20;

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TerseDefaults.use();
    Job job = OneContainer.inner(context.getConfiguration());
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot run " + job.getJobName() + ": " + e.getMessage(), e);
    }
    while (!job.isComplete()) {
      context.progress();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    if (!job.isSuccessful()) {
      throw new IOException(JobFailure.of(job).getMessage());
    }
    for (Counter counter : job.getCounters().getGroup(JobCounts.GROUP)) {
      context.getCounter(JobCounts.GROUP, counter.getName()).increment(counter.getValue());
    }
  }

  /** One split, of nothing: the job in the task has its own. */
  static final class OneSplit extends InputFormat<NullWritable, NullWritable> {
    @Override
    public List<InputSplit> getSplits(JobContext context) {
      return List.of(new Nothing());
    }

    @Override
    public RecordReader<NullWritable, NullWritable> createRecordReader(
        InputSplit split, TaskAttemptContext context) {
      return new NoRecords();
    }
  }

  private static final class Nothing extends InputSplit implements Writable {
    @Override
    public long getLength() {
      return 0;
    }

    @Override
    public String[] getLocations() {
      return new String[0];
    }

    @Override
    public void write(DataOutput out) {
      // nothing
    }

    @Override
    public void readFields(DataInput in) {
      // nothing
    }
  }

  private static final class NoRecords extends RecordReader<NullWritable, NullWritable> {
    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {
      // nothing
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
      // nothing
    }
  }
}
