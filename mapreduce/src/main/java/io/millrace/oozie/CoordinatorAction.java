package io.millrace.oozie;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One nominal time of a coordinator: a night, or a training.
 *
 * @param number that Oozie's command line takes behind {@code -action}
 * @param missing the URIs that it waits for, those first that Oozie has looked for
 * @param workflow the id of what it has started last
 * @param error why it failed, where it was not the workflow that did
 */
public record CoordinatorAction(
    int number,
    Instant nominalTime,
    Status status,
    List<String> missing,
    Optional<String> workflow,
    Optional<String> error) {
  /** How it stands, in Oozie's words. */
  public enum Status {
    WAITING,
    READY,
    SUBMITTED,
    RUNNING,
    SUSPENDED,
    TIMEDOUT,
    SUCCEEDED,
    KILLED,
    FAILED,
    IGNORED,
    SKIPPED;

    /** Whether it is over and has not done its work. */
    public boolean isFailed() {
      return switch (this) {
        case TIMEDOUT, KILLED, FAILED -> true;
        case WAITING, READY, SUBMITTED, RUNNING, SUSPENDED, SUCCEEDED, IGNORED, SKIPPED -> false;
      };
    }
  }

  public CoordinatorAction {
    missing = List.copyOf(missing);
  }
}
