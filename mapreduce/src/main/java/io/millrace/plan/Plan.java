package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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

  /**
   * All that is not simply up to date, with partitions of one reason together; what others hang on
   * comes before them.
   */
  public List<Group> groups() {
    List<Group.Member> members = new ArrayList<>();
    SortedSet<StageId> order = new TreeSet<>();
    for (PlannedStage stage : stages) {
      stage
          .decision()
          .reason()
          .ifPresent(
              reason -> {
                order.add(stage.stage());
                members.add(new Group.Member(stage.stage(), stage.date(), reason));
              });
    }
    return Group.of(List.copyOf(order), members);
  }

  public List<PlannedStage> blocked() {
    return stages.stream().filter(stage -> stage.decision() instanceof Decision.Blocked).toList();
  }
}
