package io.millrace.run;

import io.millrace.run.JobMailbox.End;
import io.millrace.run.JobMailbox.Look;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container's side of a {@link JobMailbox}: runs the jobs that come, side by side, by Hadoop's
 * local runner in this process, until the mailbox is closed or the run is silent for too long.
 */
final class MailedJobs {
  private static final Logger LOG = LoggerFactory.getLogger(MailedJobs.class);
  private static final long PAUSE_MILLIS = 10;
  private static final GrowingPause LOOKS =
      new GrowingPause(Duration.ofMillis(20), Duration.ofMillis(500));

  private final JobMailbox mailbox;
  private final Path temporary;
  private final Duration longestSilence;
  private final List<Running> running = new ArrayList<>();
  private int next;

  private record Running(int number, Job job) {}

  /**
   * @param temporary a folder for the jobs' files that the caller deletes
   * @param longestSilence after which the run counts as dead
   */
  MailedJobs(JobMailbox mailbox, Path temporary, Duration longestSilence) {
    this.mailbox = mailbox;
    this.temporary = temporary;
    this.longestSilence = longestSilence;
  }

  /**
   * Works until there is nothing more to do.
   *
   * @param isAlive told again and again
   * @throws IOException where the run is silent, or the mailbox cannot be read: its jobs are killed
   */
  void work(Runnable isAlive) throws IOException, InterruptedException {
    long changed = System.nanoTime();
    long looked = changed;
    SignWatch watch = new SignWatch(changed);
    try {
      while (true) {
        isAlive.run();
        boolean isNew = reportEnded();
        long now = System.nanoTime();
        if (isNew || now - looked >= LOOKS.nanosAfter(now - changed)) {
          looked = now;
          Look look = mailbox.look();
          requireHeard(watch.observe(look.sign(), now));
          isNew |= startNext(look);
          if (look.isClosed() && running.isEmpty()) {
            return;
          }
        }
        changed = isNew ? now : changed;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } finally {
      killRunning();
    }
  }

  private void requireHeard(Duration silent) throws IOException {
    if (silent.compareTo(longestSilence) > 0) {
      throw new IOException(
          "The run has given no sign of life for %d s: its %d jobs are ended"
              .formatted(longestSilence.toSeconds(), running.size()));
    }
  }

  private boolean startNext(Look look) throws IOException, InterruptedException {
    boolean isNew = look.hasJob(next);
    if (isNew) {
      int number = next++;
      try {
        running.add(new Running(number, start(mailbox.job(number))));
      } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
        LOG.warn("Cannot start job {}", number, e);
        mailbox.report(number, new End.Failed("it could not be started: " + e));
      }
    }
    return isNew;
  }

  private Job start(Configuration configuration)
      throws IOException, InterruptedException, ClassNotFoundException {
    LocalRuntime.workIn(configuration, temporary);
    Job job = Job.getInstance(configuration);
    job.submit();
    return job;
  }

  private boolean reportEnded() throws IOException, InterruptedException {
    boolean hasEnded = false;
    for (Iterator<Running> jobs = running.iterator(); jobs.hasNext(); ) {
      Running each = jobs.next();
      if (each.job().isComplete()) {
        jobs.remove();
        hasEnded = true;
        mailbox.report(each.number(), end(each.job()));
      }
    }
    return hasEnded;
  }

  private static End end(Job job) throws IOException, InterruptedException {
    return job.isSuccessful() ? new End.Done(job.getCounters()) : new End.Failed("");
  }

  private void killRunning() {
    for (Running each : running) {
      try {
        each.job().killJob();
      } catch (IOException | RuntimeException e) {
        LOG.warn("Cannot end job {}", each.number(), e);
      }
    }
  }
}
