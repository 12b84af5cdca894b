package io.millrace.plan;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What planning knows of a pipeline.
 *
 * @param from the first date; before it, history is empty
 * @param missingIsEmpty whether a date without raw files counts as a date without records
 * @param stages each after all that it reads; with a registered model, as a version has them that
 *     is trained now
 * @param clustering the partials of the group whose entities' records lie together in clean files
 * @param versions the same of the registered model's versions
 */
public record PipelineOutline(
    String pipeline,
    LocalDate from,
    boolean missingIsEmpty,
    List<StageOutline> stages,
    Optional<StageId> clustering,
    Optional<VersionOutlines> versions) {
  public PipelineOutline {
    stages = List.copyOf(stages);
    Map<StageId, StageOutline> earlier = new LinkedHashMap<>();
    for (StageOutline stage : stages) {
      checkReads(stage, earlier);
      if (earlier.put(stage.id(), stage) != null) {
        throw new IllegalArgumentException("Cannot plan " + stage.id() + ": it is there twice");
      }
    }
  }

  /** A pipeline of whose clean files nothing is known, that scores with no registered model. */
  public PipelineOutline(
      String pipeline, LocalDate from, boolean missingIsEmpty, List<StageOutline> stages) {
    this(pipeline, from, missingIsEmpty, stages, Optional.empty(), Optional.empty());
  }

  /** The outline of a stage on a date, with the version of a registered model that scores it. */
  public StageOutline stage(StageId id, LocalDate date) {
    return versions.map(model -> model.on(date, stage(id))).orElseGet(() -> stage(id));
  }

  /**
   * The outline of a stage.
   *
   * @throws IllegalArgumentException where the pipeline has no such stage
   */
  public StageOutline stage(StageId id) {
    return stages.stream()
        .filter(stage -> stage.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find stage: %s (%s has %s)"
                        .formatted(id, pipeline, stages.stream().map(StageOutline::id).toList())));
  }

  private static boolean isOwnPast(StageOutline stage, StageInput.Partitions input) {
    return input.of().equals(stage.id())
        && input instanceof StageInput.Window window
        && window.lastDaysBack() > 0;
  }

  private static void checkReads(StageOutline stage, Map<StageId, StageOutline> earlier) {
    for (StageInput.Partitions input : stage.partitionInputs()) {
      StageOutline made = isOwnPast(stage, input) ? stage : earlier.get(input.of());
      if (made == null) {
        throw new IllegalArgumentException(
            "Cannot plan %s: it reads %s, which does not come before it"
                .formatted(stage.id(), input.of()));
      }
      Set<String> read = stage.readOf(input.of());
      if (!made.columns().keySet().containsAll(read)) {
        throw new IllegalArgumentException(
            "Cannot plan %s: it reads the columns %s of %s, which has %s"
                .formatted(stage.id(), read, input.of(), made.columns().keySet()));
      }
    }
  }
}
