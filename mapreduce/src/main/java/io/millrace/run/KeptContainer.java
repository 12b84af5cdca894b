package io.millrace.run;

import io.millrace.run.JobMailbox.End;
import io.millrace.warehouse.LeaseLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobCounter;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container that a run keeps for whole jobs: a job of one task in the application master's
 * process, which runs others as they come and ends with the run, or when it had nothing to do for a
 * while. Where a job is not wanted any more, or its container is not to be reached, the container
 * is killed, with all that runs in it: nothing of it writes on. Thread-safe.
 */
final class KeptContainer implements JobExecution, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptContainer.class);

  /** Two jobs fill each other's gaps; more only divide the memory further. */
  static final int PLACES = 2;

  private static final GrowingPause LOOKS =
      new GrowingPause(Duration.ofMillis(20), Duration.ofSeconds(1));
  private static final long NANOS_TO_ASK_FOR_THE_MASTER = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLIS_TO_START = 100;
  private static final long MILLIS_TO_LEAVE = TimeUnit.SECONDS.toMillis(30);

  private final CompletableFuture<Open> opened = new CompletableFuture<>();
  private final Thread life = new Thread(this::live, "millrace-container");
  private final Submission submission;
  private final Duration heartbeat;
  private final Duration longestIdle;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch leaving = new CountDownLatch(1);
  private int taken;
  private long idleSince = System.nanoTime();

  /** Submits the job of one task. */
  interface Submission {
    Job submit() throws IOException, InterruptedException;
  }

  private record Open(Job master, JobMailbox mailbox) {}

  private KeptContainer(Submission submission, Duration heartbeat, Duration longestIdle) {
    this.submission = submission;
    this.heartbeat = heartbeat;
    this.longestIdle = longestIdle;
    life.setDaemon(true);
  }

  /**
   * Begins to start a container, and does not wait.
   *
   * @param heartbeat how often it is told that the run lives
   * @param longestIdle for how long it stays without a job
   */
  static KeptContainer start(Submission submission, Duration heartbeat, Duration longestIdle) {
    KeptContainer container = new KeptContainer(submission, heartbeat, longestIdle);
    container.life.start();
    return container;
  }

  /**
   * The job of one task, which is still to be submitted.
   *
   * @param master its configuration, which says where it runs
   */
  static Job job(Configuration master, String name) throws IOException {
    Job job = Job.getInstance(master, name);
    job.setJarByClass(KeptContainer.class);
    job.setInputFormatClass(JobsInOneTask.OneSplit.class);
    job.setMapperClass(JobsInOneTask.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setNumReduceTasks(0);
    return job;
  }

  /** Takes a place for jobs, one after the other, where there is one. */
  synchronized boolean take() {
    if (isLeaving() || taken == PLACES) {
      return false;
    }
    taken++;
    return true;
  }

  /** Gives a place back. */
  synchronized void give() {
    taken--;
    idleSince = System.nanoTime();
  }

  /** How many of its places are taken. */
  synchronized int taken() {
    return taken;
  }

  /** Whether it takes no more jobs. */
  boolean isLeaving() {
    return leaving.getCount() == 0;
  }

  @Override
  public Counters run(Job job, long inputBytes, JobRunner.Progress progress, Runnable isWanted)
      throws IOException, InterruptedException {
    LocalRuntime.fitSortBuffer(job.getConfiguration(), inputBytes);
    try {
      Open open = opened(isWanted);
      int number = post(open, job, isWanted);
      End end = end(open, number, job, isWanted);
      if (end instanceof End.Failed failed) {
        throw JobFailure.within(open.master(), job, failed.reason());
      }
      Counters counters = ((End.Done) end).counters();
      counters.findCounter(JobCounter.NUM_UBER_SUBMAPS).setValue(1);
      return counters;
    } catch (InterruptedException | IOException | LeaseLostException e) {
      kill(e);
      throw e;
    }
  }

  private Open opened(Runnable isWanted) throws IOException, InterruptedException {
    while (true) {
      try {
        return opened.get(MILLIS_TO_START, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        isWanted.run();
      } catch (ExecutionException e) {
        throw new IOException("Cannot start a container: " + FailureText.of(e.getCause()), e);
      }
    }
  }

  private int post(Open open, Job job, Runnable isWanted) throws IOException {
    isWanted.run();
    int number = next.getAndIncrement();
    open.mailbox().post(number, job.getConfiguration());
    return number;
  }

  private End end(Open open, int number, Job job, Runnable isWanted)
      throws IOException, InterruptedException {
    Job master = open.master();
    long started = System.nanoTime();
    long asked = started;
    while (true) {
      Optional<End> end = open.mailbox().end(number);
      if (end.isPresent()) {
        return end.get();
      }
      long now = System.nanoTime();
      if (now - asked >= NANOS_TO_ASK_FOR_THE_MASTER) {
        asked = now;
        if (master.isComplete()) {
          leaving.countDown();
          throw JobFailure.lost(master, job);
        }
      }
      TimeUnit.NANOSECONDS.sleep(LOOKS.nanosAfter(now - started));
      isWanted.run();
    }
  }

  /** The thread that starts it, gives signs of life, and lets it go. */
  private void live() {
    try {
      Job master = submission.submit();
      JobMailbox mailbox = JobMailbox.of(master.getConfiguration());
      opened.complete(new Open(master, mailbox));
      while (!isToLeave()) {
        sign(mailbox);
        boolean unused = leaving.await(heartbeat.toNanos(), TimeUnit.NANOSECONDS);
      }
      if (next.get() > 0) {
        mailbox.close();
      } else {
        master.killJob(); // it may not even have started
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      LOG.debug("Cannot keep a container", e);
      leaving.countDown();
      opened.completeExceptionally(e);
    }
  }

  private static void sign(JobMailbox mailbox) {
    try {
      mailbox.sign();
    } catch (IOException e) {
      // where that goes on, the container leaves, and its jobs' next tries start another
      LOG.warn("No sign of life for the run's container: {}", e.toString());
    }
  }

  private synchronized boolean isToLeave() {
    if (taken == 0 && System.nanoTime() - idleSince >= longestIdle.toNanos()) {
      leaving.countDown();
    }
    return isLeaving();
  }

  private void kill(Exception reason) {
    leaving.countDown();
    if (opened.isDone() && !opened.isCompletedExceptionally()) {
      JobRunner.end(opened.join().master(), reason);
    }
  }

  /** Lets it end; no job may run in it any more. */
  @Override
  public void close() {
    leaving.countDown();
    try {
      life.join(MILLIS_TO_LEAVE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // without signs of life, it leaves by itself
    }
  }
}
