package io.millrace.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done: oldest date first, each stage after all that it reads.
 *
 * @param earlierDates the dates whose partitions have to be made first, where the request does not
 *     cover them
 */
public record Plan(List<PlannedStage> stages, Optional<DateRange> earlierDates) {
  public Plan {
    stages = List.copyOf(stages);
  }

  /** A range of dates, both included. */
  public record DateRange(LocalDate first, LocalDate last) {}

  /** What is made, and what perhaps is. */
  public List<PlannedStage> toRun() {
    return stages.stream()
        .filter(
            stage ->
                stage.decision() instanceof Decision.Run
                    || stage.decision() instanceof Decision.Open)
        .toList();
  }

  public List<PlannedStage> blocked() {
    return stages.stream().filter(stage -> stage.decision() instanceof Decision.Blocked).toList();
  }
}
