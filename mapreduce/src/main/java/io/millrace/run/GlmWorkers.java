package io.millrace.run;

import io.millrace.allreduce.AllReduceDriver;
import io.millrace.allreduce.AllReduceException;
import io.millrace.allreduce.Timing;
import io.millrace.allreduce.Token;
import io.millrace.job.io.InputFiles;
import io.millrace.job.train.glm.GlmFitJob;
import io.millrace.job.train.glm.GlmMembership;
import io.millrace.job.train.glm.SumsAddition;
import io.millrace.learn.glm.Order;
import io.millrace.learn.glm.RowSums;
import io.millrace.learn.glm.Sums;
import io.millrace.plan.JobLoad;
import io.millrace.plan.JobLoad.TaskLoad;
import io.millrace.warehouse.LeaseLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums over training rows by one job whose maps keep them. The job runs beside the fit; a map that
 * is lost is tried again by Hadoop, reads its files again and takes its place in the round that is
 * open, so that a fit that loses a machine is late by as much as that takes.
 */
final class GlmWorkers implements RowSums, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GlmWorkers.class);

  /** Seconds for all maps to come up, from when the first has. */
  static final String JOIN_SECONDS = "millrace.fit.join-seconds";

  /** Seconds for another attempt of a map that was lost. */
  static final String REJOIN_SECONDS = "millrace.fit.rejoin-seconds";

  /** Seconds without a sign of a map that was asked, after which it is lost. */
  static final String SILENCE_SECONDS = "millrace.fit.silence-seconds";

  private static final long PATIENCE_AT_END_SECONDS = 15;

  private final GlmRounds rounds;
  private final AllReduceDriver driver;
  private final ExecutorService thread;
  private final Future<?> job;

  private GlmWorkers(
      GlmRounds rounds, AllReduceDriver driver, ExecutorService thread, Future<?> job) {
    this.rounds = rounds;
    this.driver = driver;
    this.thread = thread;
    this.job = job;
  }

  /**
   * Begins a job of so many workers at most.
   *
   * @param heldBytes by each worker, in memory
   */
  static GlmWorkers start(GlmRounds rounds, int workers, long heldBytes) throws IOException {
    Configuration configuration = rounds.configuration();
    InputFiles input = InputFiles.inTasks(rounds.files(), workers);
    int tasks = input.firstFiles().size();
    Timing timing = timing(configuration);
    Token token = Token.random();
    DriverAddress address = DriverAddress.of(configuration);
    AllReduceDriver driver =
        AllReduceDriver.open(
            tasks, rounds.files().size(), token, address.bind(), address.ports(), timing);
    try {
      boolean isLocal = LocalRuntime.isLocal(configuration);
      Job job =
          GlmFitJob.create(
              configuration,
              rounds.settings(),
              input,
              new GlmMembership(
                  address.host(),
                  driver.port(),
                  input.firstFiles(),
                  timing.silence().toMillis(),
                  timing.pulse().toMillis(),
                  isLocal ? tasks : 1),
              token,
              new Path(rounds.work(), "fit"));
      if (isLocal) {
        job.getConfiguration().setInt(LocalJobRunner.LOCAL_MAX_MAPS, tasks);
      }
      JobLoad load =
          new JobLoad(
              "fit", new TaskLoad(tasks, 0, heldBytes, 0), Optional.empty(), Optional.empty());
      ExecutorService thread = Executors.newSingleThreadExecutor();
      return new GlmWorkers(
          rounds, driver, thread, thread.submit(() -> run(load, job, rounds.jobs(), driver)));
    } catch (IOException | RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  private static Timing timing(Configuration configuration) {
    Timing usual = Timing.DEFAULT;
    Duration silence = seconds(configuration, SILENCE_SECONDS, usual.silence());
    Duration pulse = silence.dividedBy(4);
    return new Timing(
        seconds(configuration, JOIN_SECONDS, usual.join()),
        // Hadoop's local runner tries no task again
        LocalRuntime.isLocal(configuration)
            ? Duration.ZERO
            : seconds(configuration, REJOIN_SECONDS, usual.rejoin()),
        silence,
        pulse.compareTo(usual.pulse()) < 0 ? pulse : usual.pulse());
  }

  private static Duration seconds(Configuration configuration, String key, Duration usual) {
    long seconds = configuration.getLong(key, usual.toSeconds());
    if (seconds < 1) {
      throw new StageFailedException(
          "Cannot wait %d s (%s): write a number of seconds of at least 1".formatted(seconds, key));
    }
    return Duration.ofSeconds(seconds);
  }

  private static Void run(JobLoad load, Job job, StageJobs jobs, AllReduceDriver driver)
      throws IOException, InterruptedException {
    try {
      jobs.run(load, job);
      driver.giveUp("the job of the workers has ended before the fit");
    } catch (IOException | RuntimeException | InterruptedException e) {
      driver.giveUp(String.valueOf(e.getMessage()));
      throw e;
    }
    return null;
  }

  /** How many workers have come up. */
  int joined() {
    return driver.joined();
  }

  @Override
  public Sums at(double[] coefficients, Order order) throws IOException, InterruptedException {
    SumsAddition addition = new SumsAddition(rounds.settings().shape(), order);
    try {
      return new Sums(addition.shape(), order, driver.sum(order.name(), coefficients, addition));
    } catch (AllReduceException e) {
      rounds.jobs().requireHeld();
      throw new WorkersLostException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Lets the workers go. What becomes of their job does not matter any more. */
  @Override
  public void close() {
    driver.close();
    thread.shutdown();
    try {
      job.get(PATIENCE_AT_END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof LeaseLostException)) {
        LOG.debug("The job of a fit has failed", e);
      }
    } catch (TimeoutException e) {
      end();
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    job.cancel(true); // which kills the job
    try {
      if (!thread.awaitTermination(PATIENCE_AT_END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The job of a fit does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
