package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts partitions together that one sentence can tell of. */
final class Groups {
  private Groups() {}

  /** What partitions of a stage have in common. */
  private record Alike(StageId stage, PartitionStatus.State state, Reason undated) {}

  /** What groups of several stages have in common. */
  private record Common(PartitionStatus.State state, SortedSet<LocalDate> dates, Reason undated) {}

  static List<StatusGrid.Group> of(List<StageId> order, List<PartitionStatus> partitions) {
    Map<Alike, List<PartitionStatus>> alike = new LinkedHashMap<>();
    for (StageId stage : order) {
      for (PartitionStatus partition : partitions) {
        if (partition.stage().equals(stage) && partition.reason().isPresent()) {
          Reason undated = partition.reason().get().undated();
          alike
              .computeIfAbsent(
                  new Alike(stage, partition.state(), undated), key -> new ArrayList<>())
              .add(partition);
        }
      }
    }
    Map<Common, StatusGrid.Group> groups = new LinkedHashMap<>();
    alike.forEach(
        (key, some) -> {
          SortedSet<LocalDate> dates = new TreeSet<>();
          some.forEach(partition -> dates.add(partition.date()));
          Reason reason =
              Reason.together(some.stream().map(p -> p.reason().orElseThrow()).toList());
          groups.merge(
              new Common(key.state(), dates, key.undated()),
              new StatusGrid.Group(List.of(key.stage()), key.state(), List.copyOf(dates), reason),
              Groups::merge);
        });
    return List.copyOf(groups.values());
  }

  private static StatusGrid.Group merge(StatusGrid.Group one, StatusGrid.Group other) {
    List<StageId> stages = new ArrayList<>(one.stages());
    stages.addAll(other.stages());
    return new StatusGrid.Group(
        stages, one.state(), one.dates(), Reason.together(List.of(one.reason(), other.reason())));
  }
}
