package io.millrace.run;

/** What came of a stage that was to be made. */
public sealed interface StageOutcome {
  /** It was made and published. */
  record Made(StageResult result) implements StageOutcome {}

  /**
   * Another run had made it meanwhile.
   *
   * @param run that one's name
   */
  record FoundDone(String run) implements StageOutcome {}
}
