package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Who holds the lease of a stage on a date.
 *
 * @param run the run that holds it
 * @param holder what it said of itself; empty where that cannot be read
 * @param lastSign its last sign of life, by its own clock
 * @param gone whether its process has certainly ended; of another machine's nothing is certain
 */
public record LeaseHolder(
    StageId stage,
    LocalDate date,
    String run,
    Optional<Holder> holder,
    Optional<Instant> lastSign,
    boolean gone) {
  private static final String UNKNOWN = "unknown";

  public String host() {
    return holder.map(Holder::host).orElse(UNKNOWN);
  }

  /** The number of its process on that host. */
  public String process() {
    return holder.map(found -> Long.toString(found.process().pid())).orElse(UNKNOWN);
  }

  public Optional<Instant> since() {
    return holder.map(Holder::since);
  }

  /** Run, host, process and since when, for a person. */
  @Override
  public String toString() {
    return "run %s (host %s, process %s, since %s)"
        .formatted(run, host(), process(), since().map(Instant::toString).orElse(UNKNOWN));
  }
}
