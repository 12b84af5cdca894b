package io.millrace.run;

import java.time.Duration;

/**
 * How long another process has given no sign of life, by the time of the one who looks. Not
 * thread-safe.
 */
final class SignWatch {
  /**
   * What one look tells at most of the time before it: where more has passed since the last, the
   * one who looks was stopped itself, and the other may have been, too.
   */
  private static final Duration MOST = Duration.ofSeconds(5);

  private long last;
  private long looked;
  private Duration silent = Duration.ZERO;

  /** Begins to watch at a moment. */
  SignWatch(long nanoTime) {
    looked = nanoTime;
  }

  /** Takes what is seen at a moment; returns for how long it has been the same. */
  Duration observe(long sign, long nanoTime) {
    Duration since = Duration.ofNanos(nanoTime - looked);
    silent = sign == last ? silent.plus(since.compareTo(MOST) < 0 ? since : MOST) : Duration.ZERO;
    last = sign;
    looked = nanoTime;
    return silent;
  }
}
