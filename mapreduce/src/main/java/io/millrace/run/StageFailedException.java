package io.millrace.run;

import java.util.Optional;

/** A stage could not be made, and nothing of it was published. */
public final class StageFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> mayPass;

  /** A failure that lasts. */
  public StageFailedException(String message) {
    this(message, Optional.empty());
  }

  /**
   * A failure.
   *
   * @param mayPass why the same work may succeed later, where it may
   */
  public StageFailedException(String message, Optional<String> mayPass) {
    super(message);
    this.mayPass = mayPass;
  }

  /** Why the same work may succeed later; empty where it will not. */
  public Optional<String> mayPass() {
    return mayPass;
  }
}
