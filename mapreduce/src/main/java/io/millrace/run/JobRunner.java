package io.millrace.run;

import io.millrace.warehouse.LeaseHolder;
import io.millrace.warehouse.LeaseLostException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/**
 * Submits a job and waits for it without losing time: short jobs are asked often, long ones seldom.
 * Thread-safe.
 */
final class JobRunner {
  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PAUSE_LOCAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What waiting for the next question may add to the time that a job takes. */
  private static final int WAITING_SHARE = 64;

  private static final long PAUSE_TO_END_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_ASKED_WHETHER_IT_ENDED = 50;

  private final TaskJars jars;

  JobRunner(Configuration configuration) {
    jars = new TaskJars(configuration);
  }

  /** Hears how far a job is: shares of 0 to 1. */
  interface Progress {
    void at(float mapShare, float reduceShare);

    /** Hears, before there is a job, that another run works on the same and is waited for. */
    default void waitsFor(LeaseHolder other) {
      // who does not tell a person need not know
    }

    /** Hears what the work itself says of how far it is, in one line. */
    default void says(String text) {
      // who does not tell a person need not know
    }
  }

  /**
   * Runs a job to its end and returns its counters.
   *
   * @param inputBytes what it reads, about
   * @param isWanted asked now and then; what it throws ends the job
   * @throws StageFailedException where it failed, with what its tasks said
   */
  Counters run(Job job, long inputBytes, Progress progress, Runnable isWanted)
      throws IOException, InterruptedException {
    LocalRuntime.fitSortBuffer(job.getConfiguration(), inputBytes);
    if (OneContainer.isFor(job)) {
      return runAsItIs(OneContainer.around(job), progress, isWanted);
    }
    SmallJob.fit(job.getConfiguration(), inputBytes);
    return runAsItIs(job, progress, isWanted);
  }

  private Counters runAsItIs(Job job, Progress progress, Runnable isWanted)
      throws IOException, InterruptedException {
    jars.addTo(job);
    isWanted.run();
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot submit " + job.getJobName(), e);
    }
    long longest =
        LocalRuntime.isLocal(job.getConfiguration())
            ? LONGEST_PAUSE_LOCAL_NANOS
            : LONGEST_PAUSE_NANOS;
    long started = System.nanoTime();
    try {
      while (!job.isComplete()) {
        long pause = (System.nanoTime() - started) / WAITING_SHARE;
        TimeUnit.NANOSECONDS.sleep(Math.max(SHORTEST_PAUSE_NANOS, Math.min(longest, pause)));
        isWanted.run();
        progress.at(job.mapProgress(), job.reduceProgress());
      }
    } catch (InterruptedException | IOException | LeaseLostException e) {
      end(job, e);
      throw e;
    }
    if (!job.isSuccessful()) {
      throw JobFailure.of(job);
    }
    return job.getCounters();
  }

  /** Kills a job that nobody waits for any more, and lets its tasks end. */
  private static void end(Job job, Exception reason) {
    try {
      job.killJob();
      for (int i = 0; i < MOST_ASKED_WHETHER_IT_ENDED && !job.isComplete(); i++) {
        TimeUnit.NANOSECONDS.sleep(PAUSE_TO_END_NANOS);
      }
    } catch (IOException | InterruptedException e) {
      reason.addSuppressed(e);
    }
  }
}
