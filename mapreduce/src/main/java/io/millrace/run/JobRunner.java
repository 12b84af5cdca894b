package io.millrace.run;

import io.millrace.warehouse.LeaseHolder;
import io.millrace.warehouse.LeaseLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/**
 * Submits a job and waits for it without losing time: short jobs are asked often, long ones seldom.
 * Thread-safe.
 */
final class JobRunner implements JobExecution {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
  private static final GrowingPause LOCAL_PAUSE =
      new GrowingPause(SHORTEST_PAUSE, Duration.ofMillis(25));
  private static final GrowingPause PAUSE = new GrowingPause(SHORTEST_PAUSE, Duration.ofSeconds(1));

  private static final long PAUSE_TO_END_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_ASKED_WHETHER_IT_ENDED = 50;

  private final TaskJars jars;

  JobRunner(TaskJars jars) {
    this.jars = jars;
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

  @Override
  public Counters run(Job job, long inputBytes, Progress progress, Runnable isWanted)
      throws IOException, InterruptedException {
    LocalRuntime.fitSortBuffer(job.getConfiguration(), inputBytes);
    SmallJob.fit(job.getConfiguration(), inputBytes);
    jars.addTo(job);
    isWanted.run();
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot submit " + job.getJobName(), e);
    }
    GrowingPause pause = LocalRuntime.isLocal(job.getConfiguration()) ? LOCAL_PAUSE : PAUSE;
    long started = System.nanoTime();
    try {
      while (!job.isComplete()) {
        TimeUnit.NANOSECONDS.sleep(pause.nanosAfter(System.nanoTime() - started));
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
  static void end(Job job, Exception reason) {
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
