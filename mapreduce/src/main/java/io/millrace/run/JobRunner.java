package io.millrace.run;

import io.millrace.job.io.TaskFailure;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * Submits a job and waits for it without losing time: short jobs are asked often, long ones seldom.
 */
final class JobRunner {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PAUSE_LOCAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private JobRunner() {}

  /** Hears how far a job is: shares of 0 to 1. */
  interface Progress {
    void at(float mapShare, float reduceShare);
  }

  /**
   * Runs a job to its end and returns its counters.
   *
   * @throws StageFailedException where it failed, with what its tasks said
   */
  static Counters run(Job job, Progress progress) throws IOException, InterruptedException {
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot submit " + job.getJobName(), e);
    }
    long longest =
        job.getConfiguration().get("mapreduce.framework.name", "local").equals("local")
            ? LONGEST_PAUSE_LOCAL_NANOS
            : LONGEST_PAUSE_NANOS;
    long pause = FIRST_PAUSE_NANOS;
    try {
      while (!job.isComplete()) {
        TimeUnit.NANOSECONDS.sleep(pause);
        pause = Math.min(longest, pause + pause / 2);
        progress.at(job.mapProgress(), job.reduceProgress());
      }
    } catch (InterruptedException e) {
      job.killJob();
      throw e;
    }
    if (!job.isSuccessful()) {
      throw new StageFailedException(job.getJobName() + " failed: " + reason(job));
    }
    return job.getCounters();
  }

  private static String reason(Job job) throws IOException, InterruptedException {
    List<String> failures =
        TaskFailure.collect(FileOutputFormat.getOutputPath(job), job.getConfiguration());
    if (!failures.isEmpty()) {
      return String.join("\n", failures);
    }
    String info = job.getStatus().getFailureInfo();
    return info == null || info.isEmpty() || info.equals("NA")
        ? "its tasks left no message; the log above, or that of its containers, has more ("
            + job.getJobID()
            + ")"
        : info;
  }
}
