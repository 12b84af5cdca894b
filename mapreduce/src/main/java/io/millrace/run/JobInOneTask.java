package io.millrace.run;

import io.millrace.job.io.OneSplitInputFormat;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;

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

  /** The job in the task has splits of its own. */
  static final class OneSplit extends OneSplitInputFormat {
    @Override
    protected long bytes(Configuration configuration) {
      return 0;
    }
  }
}
