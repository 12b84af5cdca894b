package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan makes of one pass over the clean records of a date, where it makes these: the
 * partials of the group whose entities' records lie together in them, in the same job, and the
 * combined states of other groups.
 *
 * @param alongside by the date
 */
public record Fusion(Map<LocalDate, Alongside> alongside) {
  /** Each takes its share of the memory of a reduce. */
  static final int MOST_COMBINED = 8;

  public Fusion {
    alongside = Map.copyOf(alongside);
  }

  /** Nothing: each stage has its own job, which reads what it is made of. */
  public static Fusion none() {
    return new Fusion(Map.of());
  }

  /** All of a plan that can be made of one pass. */
  public static Fusion of(Plan plan, PipelineOutline pipeline) {
    Map<LocalDate, Alongside> alongside = new HashMap<>();
    for (PlannedStage stage : plan.stages()) {
      if (isMade(stage) && stage.stage().equals(StageId.clean())) {
        alongside.put(stage.date(), of(stage.date(), plan, pipeline));
      }
    }
    return new Fusion(alongside);
  }

  private static Alongside of(LocalDate date, Plan plan, PipelineOutline pipeline) {
    Optional<PlannedStage> partials = Optional.empty();
    List<PlannedStage> combined = new ArrayList<>();
    for (PlannedStage stage : plan.stages()) {
      if (isMade(stage)
          && stage.date().equals(date)
          && stage.stage().kind() == StageKind.PARTIALS) {
        if (pipeline.clustering().filter(stage.stage()::equals).isPresent()) {
          partials = Optional.of(stage);
        } else if (combined.size() < MOST_COMBINED) {
          combined.add(stage);
        }
      }
    }
    return new Alongside(partials, combined);
  }

  private static boolean isMade(PlannedStage stage) {
    return stage.decision() instanceof Decision.Run;
  }

  /** What is made with a stage: something only where it is clean. */
  public Alongside madeWith(PlannedStage stage) {
    return stage.stage().equals(StageId.clean()) ? of(stage.date()) : Alongside.nothing();
  }

  /** Whether a stage needs no job of its own. */
  public boolean isFused(PlannedStage stage) {
    return of(stage.date()).partials().filter(stage::equals).isPresent();
  }

  /** Whether the job of a stage reads states that the job of clean has combined. */
  public boolean isCombined(PlannedStage stage) {
    return of(stage.date()).combined().contains(stage);
  }

  private Alongside of(LocalDate date) {
    return alongside.getOrDefault(date, Alongside.nothing());
  }
}
