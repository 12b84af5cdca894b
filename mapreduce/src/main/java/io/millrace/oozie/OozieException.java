package io.millrace.oozie;

import java.io.IOException;

/** An Oozie server could not be asked, or said no. The message says why, and what to do. */
public final class OozieException extends IOException {
  private static final long serialVersionUID = 1L;

  OozieException(String message, Throwable cause) {
    super(message, cause);
  }
}
