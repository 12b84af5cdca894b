package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How all partitions of a range of dates stand.
 *
 * @param stages in the order of the pipeline
 * @param rows the dates, oldest first; each with all stages in their order
 */
public record StatusGrid(List<StageId> stages, List<Row> rows) {
  public StatusGrid {
    stages = List.copyOf(stages);
    rows = List.copyOf(rows);
  }

  /** One date. */
  public record Row(LocalDate date, List<PartitionStatus> partitions) {
    public Row {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * Looks at a range of dates.
   *
   * @throws IllegalArgumentException where it begins before the pipeline's first date
   */
  public static StatusGrid of(
      PipelineOutline pipeline, LocalDate first, LocalDate last, Facts facts) {
    if (first.isBefore(pipeline.from())) {
      throw new IllegalArgumentException(
          "Cannot look at %s: the first date of %s is %s (source.from)"
              .formatted(first, pipeline.pipeline(), pipeline.from()));
    }
    Assessor assessor = new Assessor(pipeline, facts, (stage, date) -> false);
    Causes causes = new Causes(assessor);
    List<Row> rows = new ArrayList<>();
    for (LocalDate date : first.datesUntil(last.plusDays(1)).toList()) {
      List<PartitionStatus> partitions = new ArrayList<>();
      for (StageOutline stage : pipeline.stages()) {
        partitions.add(status(assessor.assess(stage.id(), date), causes));
      }
      rows.add(new Row(date, partitions));
    }
    return new StatusGrid(pipeline.stages().stream().map(StageOutline::id).toList(), rows);
  }

  private static PartitionStatus status(Assessment partition, Causes causes) {
    PartitionStatus.State state =
        switch (partition.state()) {
          case CURRENT -> PartitionStatus.State.DONE;
          case STALE -> PartitionStatus.State.STALE;
          case ABSENT, DIED_PUBLISHING -> PartitionStatus.State.MISSING;
          case SOURCE_GONE -> PartitionStatus.State.SOURCE_GONE;
          case NO_SOURCE -> PartitionStatus.State.BLOCKED;
        };
    return new PartitionStatus(
        partition.stage(),
        partition.date(),
        state,
        state == PartitionStatus.State.DONE
            ? Optional.empty()
            : Optional.of(causes.reason(partition)));
  }

  public List<PartitionStatus> partitions() {
    return rows.stream().flatMap(row -> row.partitions().stream()).toList();
  }

  /**
   * All that is not done, with partitions of one reason together; what others hang on comes before
   * them.
   */
  public List<Group> groups() {
    return Group.of(
        stages,
        partitions().stream()
            .filter(partition -> partition.reason().isPresent())
            .map(
                partition ->
                    new Group.Member(partition.stage(), partition.date(), partition.reason().get()))
            .toList());
  }
}
