package io.millrace.warehouse;

import java.util.function.Predicate;

/**
 * What a run of leases and commits leans on besides the file system.
 *
 * @param ticker its time
 * @param process the process that it is
 * @param isGone whether a process has certainly ended
 * @param orphans ends what dead runs have still running
 * @param listener told of each step before it is taken
 */
public record RunEnvironment(
    LeaseTiming timing,
    Ticker ticker,
    RunningProcess process,
    Predicate<RunningProcess> isGone,
    OrphanedWork orphans,
    CommitStep.Listener listener) {
  /** The system's, for runs that leave nothing running elsewhere. */
  public static RunEnvironment of(LeaseTiming timing) {
    return new RunEnvironment(
        timing,
        Ticker.system(),
        RunningProcess.current(),
        RunningProcess::isGone,
        (run, unit) -> {},
        step -> {});
  }

  public RunEnvironment withTicker(Ticker other) {
    return new RunEnvironment(timing, other, process, isGone, orphans, listener);
  }

  /** Another view of which processes have ended. */
  public RunEnvironment withProcesses(Predicate<RunningProcess> gone) {
    return withProcesses(process, gone);
  }

  /** Another view of processes: of the own one, and of which have ended. */
  public RunEnvironment withProcesses(RunningProcess own, Predicate<RunningProcess> gone) {
    return new RunEnvironment(timing, ticker, own, gone, orphans, listener);
  }

  public RunEnvironment withOrphans(OrphanedWork other) {
    return new RunEnvironment(timing, ticker, process, isGone, other, listener);
  }

  public RunEnvironment withListener(CommitStep.Listener other) {
    return new RunEnvironment(timing, ticker, process, isGone, orphans, other);
  }
}
