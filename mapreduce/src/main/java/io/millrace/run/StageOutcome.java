package io.millrace.run;

/** What came of a stage that was to be made. */
public sealed interface StageOutcome {
  /** It was made and published. */
  record Made(StageResult result) implements StageOutcome {}

  /**
   * Another run has made it meanwhile, just as it would have been made.
   *
   * @param run that other run
   */
  record FoundDone(String run) implements StageOutcome {}
}
