package io.millrace.run;

import io.millrace.job.train.trees.FitFolder;
import io.millrace.learn.trees.TreesRound;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how far a fit of trees is that runs in a task, from what that leaves on its way: of rounds
 * that take less than a second, not of each.
 */
final class RoundsWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoundsWatch.class);
  private static final long SECONDS_BETWEEN = 1;

  private final FitFolder folder;
  private final int rounds;
  private final StageJobs jobs;
  private final ScheduledExecutorService clock;
  private int told;

  private RoundsWatch(FitFolder folder, int rounds, StageJobs jobs) {
    this.folder = folder;
    this.rounds = rounds;
    this.jobs = jobs;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rounds-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to look about once a second.
   *
   * @param rounds that there are at most
   */
  static RoundsWatch start(FitFolder folder, int rounds, StageJobs jobs) {
    RoundsWatch watch = new RoundsWatch(folder, rounds, jobs);
    ScheduledFuture<?> unused =
        watch.clock.scheduleWithFixedDelay(
            watch::look, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    try {
      tell(folder.rounds());
    } catch (IOException | RuntimeException e) {
      LOG.debug("Cannot see how far the trees are", e);
    }
  }

  /** Tells of the newest of these rounds, unless it has been told of. */
  synchronized void tell(List<TreesRound> done) {
    if (!done.isEmpty()) {
      TreesRound newest = done.get(done.size() - 1);
      if (newest.number() > told) {
        jobs.says(text(newest));
        told = newest.number();
      }
    }
  }

  private String text(TreesRound round) {
    String text =
        String.format(
            Locale.ROOT,
            "round %d of at most %d: loss %.6f",
            round.number(),
            rounds,
            round.trainingLoss());
    return round.validationLoss().isEmpty()
        ? text
        : text
            + String.format(
                Locale.ROOT, ", of the validation rows %.6f", round.validationLoss().getAsDouble());
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
