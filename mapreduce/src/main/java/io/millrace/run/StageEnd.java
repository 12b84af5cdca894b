package io.millrace.run;

import io.millrace.plan.PlannedStage;

/** How a stage of a plan ended in a run. */
public sealed interface StageEnd {
  /** It was made and published. */
  record Made(StageResult result) implements StageEnd {}

  /**
   * Another run had made it meanwhile.
   *
   * @param run that one's name
   */
  record FoundDone(String run) implements StageEnd {}

  /** It turned out not to be needed. */
  record LeftOut(String reason) implements StageEnd {}

  /** It could not be made; nothing of it was published. */
  record Failed(Exception failure) implements StageEnd {}

  /** It was under way when the run was told to stop; nothing of it was published. */
  record Interrupted() implements StageEnd {}

  /**
   * It was not tried.
   *
   * @param because the stage that failed and that it hangs on, or all hangs on
   */
  record NotRun(PlannedStage because) implements StageEnd {}

  /** Whether those that read it can go on. */
  default boolean isDone() {
    return this instanceof Made || this instanceof FoundDone || this instanceof LeftOut;
  }
}
