package io.millrace.run;

import io.millrace.job.io.TaskFailure;
import io.millrace.warehouse.LeaseHolder;
import io.millrace.warehouse.LeaseLostException;
import java.io.IOException;
import java.time.Duration;
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

    /** Hears, before there is a job, that another run works on the same and is waited for. */
    default void waitsFor(LeaseHolder other) {
      // who does not tell a person need not know
    }
  }

  /** Lets time pass, unless there is a reason to end the job, which it throws. */
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * Runs a job to its end and returns its counters. What {@code waiting} throws ends it.
   *
   * @throws StageFailedException where it failed, with what its tasks said
   */
  static Counters run(Job job, Progress progress, Pause waiting)
      throws IOException, InterruptedException {
    waiting.sleep(Duration.ZERO);
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
        waiting.sleep(Duration.ofNanos(pause));
        pause = Math.min(longest, pause + pause / 2);
        progress.at(job.mapProgress(), job.reduceProgress());
      }
    } catch (InterruptedException | LeaseLostException e) {
      kill(job, e);
      throw e;
    }
    if (!job.isSuccessful()) {
      throw new StageFailedException(job.getJobName() + " failed: " + reason(job));
    }
    return job.getCounters();
  }

  private static void kill(Job job, Exception reason) {
    try {
      job.killJob();
    } catch (IOException e) {
      // its output goes nowhere, even if it lives on
      reason.addSuppressed(e);
    }
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
