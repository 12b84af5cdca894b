package io.millrace.learn.trees;

/** Why a fit of trees has ended. */
public enum StopReason {
  /** The validation rows have gained nothing for as many rounds as the author allows. */
  EARLY(true),
  /** All rounds are done. */
  ALL_ROUNDS(true),
  /** There are no rows to learn from. */
  NO_ROWS(false),
  /** There are no validation rows, which were to decide when it is enough. */
  NO_VALIDATION_ROWS(false),
  /** All rows to learn from are of one class. */
  ONE_CLASS(false),
  /** All rows to learn from have one label. */
  CONSTANT_LABEL(false),
  /** Labels that the objective cannot have: counts below 0, or what is not finite. */
  IMPOSSIBLE_LABEL(false),
  /** The loss is not finite any more. */
  DIVERGED(false);

  private final boolean givesModel;

  StopReason(boolean givesModel) {
    this.givesModel = givesModel;
  }

  /** Whether a model came of it. */
  public boolean givesModel() {
    return givesModel;
  }
}
