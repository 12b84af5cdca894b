package io.millrace.plan;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan makes in one job with the clean records of a date: the partials of the group whose
 * entities' records lie together in them, where the plan makes both.
 *
 * @param partials by the date
 */
public record Fusion(Map<LocalDate, PlannedStage> partials) {
  public Fusion {
    partials = Map.copyOf(partials);
  }

  /** Nothing: each stage has its own job. */
  public static Fusion none() {
    return new Fusion(Collections.emptyMap());
  }

  /** All of a plan that can be made in one job. */
  public static Fusion of(Plan plan, PipelineOutline pipeline) {
    Map<LocalDate, PlannedStage> clean = new HashMap<>();
    Map<LocalDate, PlannedStage> partials = new HashMap<>();
    for (PlannedStage stage : plan.stages()) {
      if (stage.decision() instanceof Decision.Run) {
        if (stage.stage().equals(StageId.clean())) {
          clean.put(stage.date(), stage);
        } else if (pipeline.clustering().filter(stage.stage()::equals).isPresent()) {
          partials.put(stage.date(), stage);
        }
      }
    }
    partials.keySet().retainAll(clean.keySet());
    return new Fusion(partials);
  }

  /** The partials that are made in one job with a stage, if it is clean and some are. */
  public Optional<PlannedStage> madeWith(PlannedStage clean) {
    return clean.stage().equals(StageId.clean())
        ? Optional.ofNullable(partials.get(clean.date()))
        : Optional.empty();
  }

  /** Whether a stage needs no job of its own. */
  public boolean isFused(PlannedStage stage) {
    return partials.containsValue(stage);
  }
}
