package io.millrace.oozie;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A workflow.
 *
 * @param actions in the order in which they were started; control nodes are among them
 */
public record Workflow(
    String id,
    Status status,
    Optional<Instant> start,
    Optional<Instant> end,
    List<WorkflowAction> actions) {
  /** How it stands, in Oozie's words. */
  public enum Status {
    PREP,
    RUNNING,
    SUSPENDED,
    SUCCEEDED,
    KILLED,
    FAILED
  }

  public Workflow {
    actions = List.copyOf(actions);
  }

  /** The last action of a name: the one that counts. */
  public Optional<WorkflowAction> action(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).reduce((a, b) -> b);
  }
}
