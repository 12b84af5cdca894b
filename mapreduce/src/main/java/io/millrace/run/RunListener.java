package io.millrace.run;

import io.millrace.plan.Plan;
import io.millrace.plan.PlannedStage;
import io.millrace.warehouse.LeaseHolder;
import io.millrace.warehouse.RunRecord;
import java.time.Duration;

/** Hears what a run does, on the threads that run it: several at once where stages do. */
public interface RunListener {
  /** All is decided; nothing has been done. */
  void planned(Plan plan);

  void started(PlannedStage stage);

  /** How far a stage's job is: shares of 0 to 1. */
  void progressed(PlannedStage stage, float mapShare, float reduceShare);

  /** What a stage itself says of how far it is, in one line. */
  void says(PlannedStage stage, String text);

  /** Another run works on the same stage and date, and is waited for. */
  void waits(PlannedStage stage, LeaseHolder other);

  /**
   * A stage failed for a reason that can pass, and is tried again after a pause.
   *
   * @param left how many more retries there are after this one
   */
  void triesAgain(PlannedStage stage, RunRecord.Retry retry, int left, Duration pause);

  /**
   * A stage is over: each that the plan makes once, in no order; where the run is told to stop,
   * only those that were under way.
   */
  void ended(PlannedStage stage, StageEnd end);
}
