package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The facts that planning a range of dates asks for, known beforehand so that they can be read side
 * by side.
 *
 * @param partitions of all data sets
 * @param rawDates whose raw input is read
 */
public record Reach(SortedSet<PartitionName> partitions, SortedSet<LocalDate> rawDates) {
  private record Step(StageOutline stage, LocalDate date) {}

  public Reach {
    partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
    rawDates = Collections.unmodifiableSortedSet(new TreeSet<>(rawDates));
  }

  /** All that planning some stages of a range of dates may ask for. */
  public static Reach of(
      PipelineOutline pipeline, Predicate<StageId> stages, LocalDate first, LocalDate last) {
    Set<Step> seen = new LinkedHashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    for (LocalDate date : first.datesUntil(last.plusDays(1)).toList()) {
      pipeline.stages().stream()
          .map(StageOutline::id)
          .filter(stages)
          .forEach(stage -> add(new Step(pipeline.stage(stage, date), date), seen, open));
    }
    while (!open.isEmpty()) {
      Step step = open.remove();
      for (StageInput.Partitions input : step.stage().partitionInputs()) {
        input
            .dates(step.date(), pipeline.from())
            .forEach(date -> add(new Step(pipeline.stage(input.of(), date), date), seen, open));
      }
    }
    SortedSet<PartitionName> partitions = new TreeSet<>();
    SortedSet<LocalDate> rawDates = new TreeSet<>();
    for (Step step : seen) {
      step.stage().id().dataSets().stream()
          .map(dataSet -> new PartitionName(dataSet, step.date()))
          .forEach(partition -> partitions.add(partition));
      if (step.stage().readsRaw()) {
        rawDates.add(step.date());
      }
    }
    return new Reach(partitions, rawDates);
  }

  private static void add(Step step, Set<Step> seen, Deque<Step> open) {
    if (seen.add(step)) {
      open.add(step);
    }
  }
}
