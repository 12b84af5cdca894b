package io.millrace.learn.trees;

import java.io.IOException;

/** There is less memory than the rows need. */
public final class RowsDoNotFitException extends IOException {
  private static final long serialVersionUID = 1;

  RowsDoNotFitException(String message) {
    super(message);
  }
}
