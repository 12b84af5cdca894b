package io.millrace.run;

import java.io.IOException;

/** The workers of a fit cannot be asked any more; its rows can still be summed another way. */
final class WorkersLostException extends IOException {
  private static final long serialVersionUID = 1L;

  WorkersLostException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
