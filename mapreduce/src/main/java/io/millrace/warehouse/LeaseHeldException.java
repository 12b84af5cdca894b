package io.millrace.warehouse;

import java.time.Duration;

/** Another run, which seems to live, works on the same stage and date. */
public final class LeaseHeldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient LeaseHolder holder;

  LeaseHeldException(LeaseHolder holder, Duration waited, LeaseTiming timing) {
    super(
        "Cannot work on %s/dt=%s: %s works on it, and %s. Run the same command again later, or wait longer with --wait. Should that process have died, a run that waits for more than %d s takes its lease over."
            .formatted(
                holder.stage(),
                holder.date(),
                holder,
                waited.isZero()
                    ? "nobody waited for it"
                    : "has not ended within %s".formatted(text(waited)),
                timing.deadAfter().toSeconds()));
    this.holder = holder;
  }

  public LeaseHolder holder() {
    return holder;
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
