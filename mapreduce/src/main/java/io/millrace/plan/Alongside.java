package io.millrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the job of clean makes beside the clean records of a date.
 *
 * @param partials of the group whose entities' records lie together, where they are made too
 * @param combined partials of other groups: each has a job of its own, which reads the states that
 *     the job of clean has combined its records into
 */
public record Alongside(Optional<PlannedStage> partials, List<PlannedStage> combined) {
  public Alongside {
    combined = List.copyOf(combined);
  }

  /** Clean records only. */
  public static Alongside nothing() {
    return new Alongside(Optional.empty(), List.of());
  }

  /** The stages that something is made for. */
  public List<PlannedStage> stages() {
    List<PlannedStage> stages = new ArrayList<>(combined);
    partials.ifPresent(stages::add);
    return stages;
  }
}
