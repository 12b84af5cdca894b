package io.millrace.oozie;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A node of a workflow.
 *
 * @param type such as {@code java}; control nodes have a colon in front and behind
 * @param data what it has handed back, its action data
 * @param tries how often it was started again
 * @param most how often it may be
 */
public record WorkflowAction(
    String name,
    String type,
    Status status,
    Optional<Instant> start,
    Optional<Instant> end,
    Map<String, String> data,
    int tries,
    int most,
    Optional<String> error) {
  /** How it stands, in Oozie's words. */
  public enum Status {
    PREP,
    RUNNING,
    OK,
    ERROR,
    USER_RETRY,
    START_RETRY,
    START_MANUAL,
    DONE,
    END_RETRY,
    END_MANUAL,
    KILLED,
    FAILED;

    /** Whether it is over and was no success. */
    public boolean isFailed() {
      return switch (this) {
        case ERROR, FAILED -> true;
        case PREP, RUNNING, OK, DONE, KILLED -> false;
        case USER_RETRY, START_RETRY, START_MANUAL, END_RETRY, END_MANUAL -> false;
      };
    }
  }

  public WorkflowAction {
    data = Map.copyOf(data);
  }

  /** Whether it belongs to the graph of the workflow and does nothing itself. */
  public boolean isControl() {
    return type.startsWith(":");
  }
}
