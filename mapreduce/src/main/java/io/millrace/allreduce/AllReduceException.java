package io.millrace.allreduce;

import java.io.IOException;

/** Sums cannot be had from the workers, and why, in one sentence. */
public final class AllReduceException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kind of thing went wrong. */
  public enum Reason {
    /** Not all workers came up. */
    MISSING,
    /** A worker went, or said that it failed, and nobody took its place. */
    LOST,
    /** A worker gave no sign any more, and nobody took its place. */
    HANGING,
    /** A worker cannot hold its rows in memory. */
    NO_ROOM,
    /** Whoever runs the workers says that there is no use in waiting. */
    GIVEN_UP,
    /** The driver has gone, or does not want this worker. */
    NO_DRIVER
  }

  private final Reason reason;

  AllReduceException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  AllReduceException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of thing went wrong. */
  public Reason reason() {
    return reason;
  }
}
