package io.millrace.cli;

/** An action of Oozie failed in a way that can pass. Its message is what Oozie shows. */
public final class ActionFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  ActionFailedException(String reason) {
    // where it was thrown says nothing: the command has told what went wrong
    super(reason, null, false, false);
  }
}
