package io.millrace.warehouse;

import java.time.Duration;
import java.time.Instant;

/** Time as a run that waits for others sees it. */
public interface Ticker {
  /** Nanoseconds since some moment, on which no change of the clock shows. */
  long nanoTime();

  /** What the clock says. */
  Instant now();

  /**
   * Waits.
   *
   * @throws InterruptedException where the run is to end
   */
  void sleep(Duration duration) throws InterruptedException;

  /** The system's time. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }
    };
  }
}
