package io.millrace.plan;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How a partition stands.
 *
 * @param reason why it is not done, or why it stays as it is; empty where it is done
 * @param model the version of a registered model that made what stands
 */
public record PartitionStatus(
    StageId stage,
    LocalDate date,
    State state,
    Optional<Reason> reason,
    Optional<ModelReference> model) {
  /** What can be said of a partition. */
  public enum State {
    /** It stands and is what would be made now. */
    DONE,
    /** It stands and is no longer what would be made. */
    STALE,
    /** It does not stand, and can be made. */
    MISSING,
    /** It does not stand, and cannot be made, as raw input is not there. */
    BLOCKED,
    /** It stands and stays as it is, as it cannot be made again. */
    SOURCE_GONE,
    /** It is not needed. */
    LEFT_OUT;

    /** Whether a run makes it. */
    public boolean isToBeMade() {
      return this == STALE || this == MISSING;
    }
  }
}
