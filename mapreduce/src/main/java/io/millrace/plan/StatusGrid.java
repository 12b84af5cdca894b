package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How all partitions of a range of dates stand.
 *
 * @param stages in the order of the pipeline; those that are made on demand, where any date has
 *     them
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
    Facts known = new RememberedFacts(facts);
    Assessor assessor = new Assessor(pipeline, known, (stage, date) -> false);
    Causes causes = new Causes(assessor);
    List<LocalDate> dates = first.datesUntil(last.plusDays(1)).toList();
    List<StageId> stages =
        pipeline.stages().stream()
            .map(StageOutline::id)
            .filter(
                stage ->
                    !stage.kind().isOnDemand()
                        || dates.stream().anyMatch(date -> stands(stage, date, known)))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (LocalDate date : dates) {
      List<PartitionStatus> partitions = new ArrayList<>();
      for (StageId stage : stages) {
        boolean isWanted = !stage.kind().isOnDemand() || stands(stage, date, known);
        Optional<Assessment> partition =
            isWanted ? Optional.of(assessor.assess(stage, date)) : Optional.empty();
        partitions.add(
            partition
                .filter(found -> !isLeftOut(found, assessor))
                .map(found -> status(found, causes))
                .orElseGet(
                    () ->
                        new PartitionStatus(
                            stage,
                            date,
                            PartitionStatus.State.LEFT_OUT,
                            Optional.empty(),
                            Optional.empty())));
      }
      rows.add(new Row(date, partitions));
    }
    return new StatusGrid(stages, rows);
  }

  private static boolean stands(StageId stage, LocalDate date, Facts facts) {
    return facts.manifest(stage.mainDataSet(), date).isPresent();
  }

  /** A join is made only for a reader that is to be made, and whose features do not fit. */
  private static boolean isLeftOut(Assessment partition, Assessor assessor) {
    Optional<LookUp> lookUp = partition.outline().lookUp();
    if (lookUp.isEmpty() || partition.state() == Assessment.State.CURRENT) {
      return false;
    }
    Assessment reader = assessor.assess(lookUp.get().reader(), partition.date());
    boolean isRead =
        reader.state() != Assessment.State.CURRENT
            && reader.state() != Assessment.State.SOURCE_GONE;
    List<PlannedInput> inputs = new ArrayList<>();
    for (Assessment input : assessor.inputs(partition.outline(), partition.date())) {
      OptionalLong bytes =
          input.manifest().isPresent()
              ? OptionalLong.of(input.manifest().get().bytes())
              : OptionalLong.empty();
      inputs.add(new PlannedInput(input.stage(), input.date(), bytes, ""));
    }
    return !isRead || lookUp.get().size(inputs) != LookUp.Size.TOO_LARGE;
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
            : Optional.of(causes.reason(partition)),
        partition.manifest().flatMap(made -> ModelReference.of(made.definition())));
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
