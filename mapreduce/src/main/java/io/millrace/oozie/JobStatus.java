package io.millrace.oozie;

/** How a bundle or a coordinator stands, in Oozie's words. */
public enum JobStatus {
  PREMATER,
  PREP,
  RUNNING,
  RUNNINGWITHERROR,
  PAUSED,
  PAUSEDWITHERROR,
  PREPPAUSED,
  SUSPENDED,
  SUSPENDEDWITHERROR,
  PREPSUSPENDED,
  SUCCEEDED,
  DONEWITHERROR,
  FAILED,
  KILLED,
  IGNORED;

  /** Whether it starts nights, or will do so again when somebody lets it go on. */
  public boolean isActive() {
    return switch (this) {
      case PREMATER, PREP, RUNNING, RUNNINGWITHERROR -> true;
      case PAUSED, PAUSEDWITHERROR, PREPPAUSED -> true;
      case SUSPENDED, SUSPENDEDWITHERROR, PREPSUSPENDED -> true;
      case SUCCEEDED, DONEWITHERROR, FAILED, KILLED, IGNORED -> false;
    };
  }

  /** Whether somebody has stopped it and has to let it go on. */
  public boolean isHeld() {
    return switch (this) {
      case PAUSED, PAUSEDWITHERROR, PREPPAUSED -> true;
      case SUSPENDED, SUSPENDEDWITHERROR, PREPSUSPENDED -> true;
      case PREMATER, PREP, RUNNING, RUNNINGWITHERROR -> false;
      case SUCCEEDED, DONEWITHERROR, FAILED, KILLED, IGNORED -> false;
    };
  }
}
