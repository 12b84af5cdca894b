package io.millrace.job.train.glm;

import java.io.IOException;

/** A worker's rows do not fit in its memory. */
final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1L;

  NoRoomException(String message) {
    super(message);
  }
}
