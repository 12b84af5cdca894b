package io.millrace.run;

/** An input is not there, or changed while it was read; the same command may succeed later. */
public final class InputMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputMissingException(String message) {
    super(message);
  }
}
