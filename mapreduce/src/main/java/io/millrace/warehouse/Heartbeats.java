package io.millrace.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives signs of life for all leases that a run holds, on a thread of its own, and learns from them
 * which were lost. Thread-safe.
 */
final class Heartbeats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final LeaseLook leases;
  private final Ticker ticker;
  private final Map<Lease, Long> lastSigns = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread;
  private final Future<?> beats;

  Heartbeats(LeaseLook leases, LeaseTiming timing, Ticker ticker) {
    this.leases = leases;
    this.ticker = ticker;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "millrace-heartbeats");
              daemon.setDaemon(true);
              return daemon;
            });
    long nanos = timing.heartbeat().toNanos();
    beats = thread.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  void begin(Lease lease) {
    lastSigns.put(lease, ticker.now().toEpochMilli());
  }

  void end(Lease lease) {
    lastSigns.remove(lease);
  }

  /** Whether a lease is held by this run, as far as it knows. */
  boolean holds(Unit unit, String holder) {
    return lastSigns.keySet().stream()
        .anyMatch(lease -> lease.unit().equals(unit) && lease.holder().equals(holder));
  }

  /** One sign of life for each lease. */
  void beat() {
    for (Lease lease : List.copyOf(lastSigns.keySet())) {
      try {
        beat(lease);
      } catch (FileNotFoundException e) {
        if (lastSigns.remove(lease) != null) {
          lease.markLost();
          LOG.warn("The lease of {} was taken by another run", lease.unit());
        }
      } catch (IOException | RuntimeException e) {
        // that the lease is lost is not sure; what publishes will find out
        LOG.warn("No sign of life for {}: {}", lease.unit(), e.toString());
      }
    }
  }

  /** Each sign differs from the last, even where the clock stands still or goes back. */
  private void beat(Lease lease) throws IOException {
    Long last = lastSigns.get(lease);
    if (last != null) {
      long sign = Math.max(last + 1, ticker.now().toEpochMilli());
      leases.touch(lease, sign);
      lastSigns.replace(lease, last, sign);
    }
  }

  @Override
  public void close() {
    beats.cancel(true);
    thread.shutdownNow();
  }
}
