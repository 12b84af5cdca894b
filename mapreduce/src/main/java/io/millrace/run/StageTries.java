package io.millrace.run;

import io.millrace.warehouse.RunRecord.Retry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Tries work again, after pauses, where it failed for a reason that can pass. Thread-safe. */
final class StageTries {
  private final RetryPolicy policy;
  private final Clock clock;
  private final DoubleSupplier chance;
  private final Pause pause;

  /** The work, and what comes of it. */
  interface Attempt<T> {
    T make() throws IOException, InterruptedException;
  }

  /** Hears of a failure before the pause that follows. */
  interface Listener {
    void triesAgain(Retry retry, int left, Duration pause);
  }

  /** Lets time go by. */
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  StageTries(RetryPolicy policy, Clock clock, DoubleSupplier chance, Pause pause) {
    this.policy = policy;
    this.clock = clock;
    this.chance = chance;
    this.pause = pause;
  }

  /**
   * Works until it succeeds, fails for good, or the retries are used up: then the last failure is
   * thrown.
   */
  <T> T of(Attempt<T> attempt, Listener listener) throws IOException, InterruptedException {
    for (int retry = 1; ; retry++) {
      try {
        return attempt.make();
      } catch (IOException | RuntimeException e) {
        if (isInterrupt(e)) {
          InterruptedException interrupted = new InterruptedException(e.getMessage());
          interrupted.initCause(e);
          throw interrupted;
        }
        Optional<String> reason = Retryable.reason(e);
        if (reason.isEmpty() || retry > policy.retries()) {
          throw e;
        }
        Duration before = policy.before(retry, chance.getAsDouble());
        listener.triesAgain(
            new Retry(clock.instant(), reason.get() + ": " + FailureText.firstLine(e)),
            policy.retries() - retry,
            before);
        pause.of(before);
      }
    }
  }

  /** Whether a failure is how a file system says that its thread was told to stop. */
  private static boolean isInterrupt(Throwable failure) {
    if (Thread.currentThread().isInterrupted()) {
      return true;
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      boolean isTimeout = each instanceof SocketTimeoutException;
      if (each instanceof ClosedByInterruptException
          || each instanceof InterruptedException
          || (each instanceof InterruptedIOException && !isTimeout)) {
        return true;
      }
    }
    return false;
  }
}
