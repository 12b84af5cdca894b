package io.millrace.run;

import io.millrace.warehouse.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Ends a run when its process is told to end (SIGTERM, Ctrl-C): whatever waits is woken, kills its
 * job, deletes its work and gives up its leases; a commit that has begun is finished. The process
 * ends when the run is closed, or after a while. Thread-safe.
 */
public final class StopSignal implements Ticker, AutoCloseable {
  // above that of Hadoop's own, which closes all file systems
  private static final int PRIORITY = 100;
  private static final long LONGEST_END_SECONDS = 30;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable hook = this::endProcess;

  private StopSignal() {}

  /** One that listens to the end of this process until it is closed. */
  static StopSignal ofProcess() {
    StopSignal signal = new StopSignal();
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (hooks.isShutdownInProgress()) {
      signal.request();
    } else {
      hooks.addShutdownHook(signal.hook, PRIORITY, LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }
    return signal;
  }

  /** Asks the run to end. */
  public void request() {
    requested.countDown();
  }

  /**
   * Ends the calling thread's work where that was asked for.
   *
   * @throws InterruptedException where it was
   */
  void check() throws InterruptedException {
    sleep(Duration.ZERO);
  }

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
    if (requested.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the process was told to end");
    }
  }

  /** The run has ended. */
  @Override
  public void close() {
    ended.countDown();
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.isShutdownInProgress()) {
      hooks.removeShutdownHook(hook);
    }
  }

  private void endProcess() {
    request();
    try {
      ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
