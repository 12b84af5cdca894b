package io.millrace.run;

import java.time.Duration;

/**
 * How long to wait before the next question of something that ends one day: what is short is asked
 * often, what is long seldom, so that waiting adds a small share to the time that it takes.
 */
record GrowingPause(Duration shortest, Duration longest) {
  private static final int WAITING_SHARE = 64;

  /** The pause when so much time has passed. */
  long nanosAfter(long nanos) {
    return Math.max(shortest.toNanos(), Math.min(longest.toNanos(), nanos / WAITING_SHARE));
  }
}
