package io.millrace.warehouse;

import java.util.function.Predicate;

/**
 * What a run of leases and commits leans on besides the file system.
 *
 * @param ticker its time
 * @param isGone whether a process has certainly ended
 * @param orphans ends what dead runs have still running
 * @param listener told of each step before it is taken
 */
public record RunEnvironment(
    LeaseTiming timing,
    Ticker ticker,
    Predicate<RunningProcess> isGone,
    OrphanedWork orphans,
    CommitStep.Listener listener) {
  /** The system's, for runs that leave nothing running elsewhere. */
  public static RunEnvironment of(LeaseTiming timing) {
    return new RunEnvironment(
        timing, Ticker.system(), RunningProcess::isGone, (run, unit) -> {}, step -> {});
  }

  public RunEnvironment withTicker(Ticker other) {
    return new RunEnvironment(timing, other, isGone, orphans, listener);
  }

  public RunEnvironment withProcesses(Predicate<RunningProcess> other) {
    return new RunEnvironment(timing, ticker, other, orphans, listener);
  }

  public RunEnvironment withOrphans(OrphanedWork other) {
    return new RunEnvironment(timing, ticker, isGone, other, listener);
  }

  public RunEnvironment withListener(CommitStep.Listener other) {
    return new RunEnvironment(timing, ticker, isGone, orphans, other);
  }
}
