package io.millrace.oozie;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A coordinator.
 *
 * @param start its first nominal time
 * @param end behind its last nominal time
 * @param next the next nominal time that Oozie has not materialised
 * @param actions those asked for, oldest first
 */
public record Coordinator(
    String id,
    String name,
    String user,
    JobStatus status,
    Optional<Instant> start,
    Optional<Instant> end,
    Optional<Instant> next,
    List<CoordinatorAction> actions) {
  public Coordinator {
    actions = List.copyOf(actions);
  }
}
