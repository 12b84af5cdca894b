package io.millrace.schedule;

import io.millrace.learn.Snapshots;
import io.millrace.pipeline.Pipeline;
import io.millrace.plan.PipelineOutline;
import io.millrace.plan.StageId;
import io.millrace.plan.StageInput;
import io.millrace.plan.StageOutline;
import io.millrace.schedule.HistoryInput.First;
import io.millrace.spec.EvaluateSpec;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.ScheduleSpec;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.SourceSpec;
import io.millrace.spec.TrainSpec;
import io.millrace.spec.WrittenSpec;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds out what schedulers have to know of a pipeline. */
public final class Scheduling {
  private static final int LONGEST_MONTH = 31;

  private final Pipeline pipeline;
  private final PipelineOutline outline;

  private Scheduling(Pipeline pipeline, PipelineOutline outline) {
    this.pipeline = pipeline;
    this.outline = outline;
  }

  /**
   * All that schedulers have to know of a pipeline.
   *
   * @param location where its spec lies
   * @param yaml the text of the spec
   * @param settings what its placeholders stand for
   * @throws IllegalArgumentException where it has no {@code schedule}
   */
  public static ScheduledPipeline of(
      Pipeline pipeline,
      PipelineOutline outline,
      String location,
      String yaml,
      Map<String, String> settings) {
    PipelineSpec spec = pipeline.spec();
    ScheduleSpec schedule =
        spec.schedule()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot schedule %s: it does not say when. Add for example `schedule: {at: \"03:00\"}` to %s; `millrace reference schedule` says what it takes."
                            .formatted(spec.name(), location)));
    WrittenSpec written = WrittenSpec.of(location, yaml);
    Scheduling scheduling = new Scheduling(pipeline, outline);
    Landing landing =
        new Landing(
            written.sourcePath(),
            spec.source().landed(),
            schedule.waitForInput(),
            spec.source().missing() == SourceSpec.Missing.EMPTY);
    return new ScheduledPipeline(
        spec.name().value(),
        spec.timezone(),
        spec.source().from(),
        schedule,
        landing,
        scheduling.night(),
        schedule.train().flatMap(day -> scheduling.training(day.value())),
        written.warehouse(),
        new TreeMap<>(settings),
        SpecFolder.of(location, files(spec)));
  }

  private static List<String> files(PipelineSpec spec) {
    List<String> files = new ArrayList<>(List.of(spec.source().schema().value()));
    spec.score()
        .filter(score -> score.registered().isEmpty())
        .map(ScoreSpec::model)
        .ifPresent(model -> files.add(model.value()));
    spec.train()
        .flatMap(train -> train.evaluate().baseline())
        .map(EvaluateSpec.Baseline::model)
        .ifPresent(model -> files.add(model.value()));
    return files;
  }

  private Night night() {
    List<StageOutline> stages = stages(stage -> !stage.kind().isOnDemand());
    return new Night(
        Blocks.of(needs(stages)),
        history(stages),
        stages.stream().map(StageOutline::id).toList(),
        pipeline.spec().score().flatMap(ScoreSpec::registered).isPresent());
  }

  private Optional<Training> training(DayOfWeek day) {
    List<StageOutline> stages = stages(stage -> stage.kind().isOnDemand());
    return pipeline
        .training()
        .map(
            training ->
                new Training(
                    day,
                    training.snapshots().firstTrainingDate(),
                    Blocks.of(needs(stages)),
                    history(stages)));
  }

  private List<StageOutline> stages(Predicate<StageId> wanted) {
    return outline.stages().stream().filter(stage -> wanted.test(stage.id())).toList();
  }

  /** For each stage those of the same date that make what it reads, or take a part of its work. */
  private static Map<StageId, Set<StageId>> needs(List<StageOutline> stages) {
    Map<StageId, Set<StageId>> needs = new LinkedHashMap<>();
    for (StageOutline stage : stages) {
      Set<StageId> needed = new LinkedHashSet<>();
      for (StageInput.Partitions input : stage.partitionInputs()) {
        if (readsSameDay(input)) {
          needed.add(input.of());
        }
      }
      stages.stream()
          .filter(
              other -> other.lookUp().filter(use -> use.reader().equals(stage.id())).isPresent())
          .forEach(join -> needed.add(join.id()));
      needs.put(stage.id(), needed);
    }
    needs.values().forEach(needed -> needed.retainAll(needs.keySet()));
    return needs;
  }

  private static boolean readsSameDay(StageInput.Partitions input) {
    return input instanceof StageInput.SameDay
        || (input instanceof StageInput.Window window && window.lastDaysBack() == 0);
  }

  /** What some stages read of other nights, a data set once, in the order of the pipeline. */
  private List<HistoryInput> history(List<StageOutline> stages) {
    Set<StageId> made = new LinkedHashSet<>(stages.stream().map(StageOutline::id).toList());
    SortedMap<StageId, HistoryInput> history = new TreeMap<>();
    for (StageOutline stage : stages) {
      for (StageInput.Partitions input : stage.partitionInputs()) {
        history(input, made.contains(input.of()))
            .ifPresent(found -> history.merge(found.of(), found, Scheduling::both));
      }
    }
    return List.copyOf(history.values());
  }

  /**
   * The dates of an input that other nights make.
   *
   * @param madeHere whether the date's own partition is made on the way
   */
  private Optional<HistoryInput> history(StageInput.Partitions input, boolean madeHere) {
    int newest = madeHere ? 1 : 0;
    if (input instanceof StageInput.SameDay) {
      return madeHere
          ? Optional.empty()
          : Optional.of(new HistoryInput(input.of(), new First.DaysBack(0), 0));
    }
    if (input instanceof StageInput.Window window) {
      return window.firstDaysBack() < newest
          ? Optional.empty()
          : Optional.of(
              new HistoryInput(
                  input.of(),
                  new First.DaysBack(window.firstDaysBack()),
                  Math.max(window.lastDaysBack(), newest)));
    }
    if (input instanceof StageInput.OfSnapshots some) {
      int last = some.snapshots().waitDays() + some.daysBefore();
      return Optional.of(
          new HistoryInput(
              input.of(), first(some.snapshots(), some.daysBefore()), Math.max(last, newest)));
    }
    StageInput.SinceSnapshots since = (StageInput.SinceSnapshots) input;
    return Optional.of(new HistoryInput(input.of(), first(since.snapshots(), 0), newest));
  }

  /** The oldest date that snapshots may need; of months and single dates, the days between too. */
  private static First first(Snapshots snapshots, int daysBefore) {
    TrainSpec.Snapshots rule = snapshots.rule();
    if (rule instanceof TrainSpec.Snapshots.Days history) {
      return new First.DaysBack(snapshots.waitDays() + daysBefore + history.days() - 1);
    }
    if (rule instanceof TrainSpec.Snapshots.Months monthly && monthly.months().isPresent()) {
      return new First.DaysBack(
          snapshots.waitDays() + daysBefore + LONGEST_MONTH * monthly.months().get());
    }
    LocalDate oldest = snapshots.firstTrainingDate().minusDays(snapshots.waitDays());
    LocalDate first = oldest.minusDays(daysBefore);
    return new First.On(first.isBefore(snapshots.from()) ? snapshots.from() : first);
  }

  private static HistoryInput both(HistoryInput one, HistoryInput other) {
    return new HistoryInput(
        one.of(),
        earlier(one.first(), other.first()),
        Math.min(one.lastDaysBack(), other.lastDaysBack()));
  }

  private static First earlier(First one, First other) {
    if (one instanceof First.DaysBack back && other instanceof First.DaysBack also) {
      return back.days() >= also.days() ? one : other;
    }
    // of one training, whose snapshots follow one rule, both are dates
    if (one instanceof First.On on && other instanceof First.On also) {
      return on.date().isBefore(also.date()) ? one : other;
    }
    return one instanceof First.On ? one : other;
  }
}
