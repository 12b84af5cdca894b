package io.millrace.run;

import io.millrace.plan.Plan;
import io.millrace.plan.PlannedStage;
import io.millrace.warehouse.LeaseHolder;

/** Hears what a run does, on the thread that runs it. */
public interface RunListener {
  /** All is decided; nothing has been done. */
  void planned(Plan plan);

  void started(PlannedStage stage);

  /** How far a stage's job is: shares of 0 to 1. */
  void progressed(PlannedStage stage, float mapShare, float reduceShare);

  /** A stage turned out not to be needed. */
  void leftOut(PlannedStage stage, String reason);

  /** Another run works on the same stage and date, and is waited for. */
  void waiting(PlannedStage stage, LeaseHolder other);

  /** Another run has made a stage meanwhile. */
  void foundDone(PlannedStage stage, String run);

  void finished(PlannedStage stage, StageResult result);
}
