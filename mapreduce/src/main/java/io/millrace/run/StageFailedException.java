package io.millrace.run;

/** A stage could not be made, and nothing of it was published. */
public final class StageFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StageFailedException(String message) {
    super(message);
  }
}
