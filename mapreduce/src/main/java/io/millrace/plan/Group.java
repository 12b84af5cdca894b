package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Partitions that one sentence tells of.
 *
 * @param stages each on all of the dates
 * @param dates oldest first
 * @param reason of all of them
 */
public record Group(List<StageId> stages, List<LocalDate> dates, Reason reason) {
  public Group {
    stages = List.copyOf(stages);
    dates = List.copyOf(dates);
  }

  /** A partition, and why it is as it is. */
  record Member(StageId stage, LocalDate date, Reason reason) {}

  /** What partitions of a stage have in common. */
  private record Alike(StageId stage, Reason undated) {}

  /** What groups of several stages have in common. */
  private record Common(SortedSet<LocalDate> dates, Reason undated) {}

  /**
   * Puts partitions together whose reasons differ in dates alone.
   *
   * @param order of the stages: what others hang on comes first
   */
  static List<Group> of(List<StageId> order, List<Member> members) {
    Map<Alike, List<Member>> alike = new LinkedHashMap<>();
    for (StageId stage : order) {
      for (Member member : members) {
        if (member.stage().equals(stage)) {
          alike
              .computeIfAbsent(
                  new Alike(stage, member.reason().undated()), key -> new ArrayList<>())
              .add(member);
        }
      }
    }
    Map<Common, Group> groups = new LinkedHashMap<>();
    alike.forEach(
        (key, some) -> {
          SortedSet<LocalDate> dates = new TreeSet<>();
          some.forEach(member -> dates.add(member.date()));
          Reason reason = Reason.together(some.stream().map(Member::reason).toList());
          groups.merge(
              new Common(dates, key.undated()),
              new Group(List.of(key.stage()), List.copyOf(dates), reason),
              Group::and);
        });
    return List.copyOf(groups.values());
  }

  private Group and(Group other) {
    List<StageId> both = new ArrayList<>(stages);
    both.addAll(other.stages());
    return new Group(both, dates, Reason.together(List.of(reason, other.reason())));
  }
}
