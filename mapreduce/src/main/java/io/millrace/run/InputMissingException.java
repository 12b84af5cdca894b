package io.millrace.run;

/** An input is not there, or changed while it was read; the same command may succeed later. */
public final class InputMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean changed;

  private InputMissingException(String message, boolean changed) {
    super(message);
    this.changed = changed;
  }

  /** An input that is not there. */
  public InputMissingException(String message) {
    this(message, false);
  }

  /** An input that was there, and became another one while it was read. */
  public static InputMissingException changed(String message) {
    return new InputMissingException(message, true);
  }

  /** Whether it changed while it was read, so that the same work may succeed at once. */
  public boolean changed() {
    return changed;
  }
}
