package io.millrace.plan;

import io.millrace.plan.Assessment.State;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One planning: decides partition after partition, each once. */
final class Planning {
  private static final String RAW = "raw";

  private final PipelineOutline pipeline;
  private final PlanRequest request;
  private final Assessor assessor;
  private final Causes causes;

  /** What was asked for, in the order of the plan. */
  private final Map<Key, PlannedStage> requested = new HashMap<>();

  /** What of other dates has to be made for it. */
  private final Map<Key, PlannedStage> earlier = new HashMap<>();

  private record Key(LocalDate date, int stage) {}

  Planning(PipelineOutline pipeline, PlanRequest request, Facts facts) {
    request.required().ifPresent(pipeline::stage);
    if (request.first().isBefore(pipeline.from())) {
      throw new IllegalArgumentException(
          "Cannot plan %s: the first date of %s is %s (source.from)"
              .formatted(request.first(), pipeline.pipeline(), pipeline.from()));
    }
    this.pipeline = pipeline;
    this.request = request;
    assessor = new Assessor(pipeline, facts, request::forces);
    causes = new Causes(assessor);
  }

  Plan plan() {
    for (LocalDate date : request.first().datesUntil(request.last().plusDays(1)).toList()) {
      for (StageOutline outline : pipeline.stages()) {
        if (request.selects(outline.id())) {
          decide(assessor.assess(outline.id(), date));
        }
      }
    }
    List<PlannedStage> stages = new ArrayList<>(requested.values());
    if (request.withHistory()) {
      stages.addAll(earlier.values());
    }
    stages.sort(
        Comparator.comparing(PlannedStage::date).thenComparing(stage -> order(stage.stage())));
    return new Plan(stages, request.withHistory() ? Optional.empty() : range(earlier.values()));
  }

  private PlannedStage decide(Assessment partition) {
    boolean isRequested = isRequested(partition);
    Map<Key, PlannedStage> decided = decisions(partition);
    Key key = key(partition);
    PlannedStage known = decided.get(key);
    if (known == null) {
      boolean force = isRequested && request.force();
      known =
          planned(
              partition, notNeeded(partition, force).orElseGet(() -> decision(partition, force)));
      decided.put(key, known);
    }
    return known;
  }

  private Decision decision(Assessment partition, boolean force) {
    return switch (partition.state()) {
      case CURRENT ->
          force ? make(partition, Reason.of(Reason.Kind.FORCED)) : new Decision.UpToDate();
      case STALE, ABSENT, DIED_PUBLISHING -> make(partition, causes.reason(partition));
      case SOURCE_GONE -> new Decision.UpToDateSourceGone(partition.changes());
      case NO_SOURCE -> new Decision.Blocked(missing(partition));
    };
  }

  /** What is to be said of a join where it is left out, or may turn out to be. */
  private Optional<Decision> notNeeded(Assessment partition, boolean force) {
    if (partition.outline().lookUp().isEmpty()) {
      return Optional.empty();
    }
    LookUp lookUp = partition.outline().lookUp().get();
    Assessment reader = assessor.assess(lookUp.reader(), partition.date());
    boolean isRead = reader.state() == State.CURRENT ? force : reader.state() != State.SOURCE_GONE;
    if (isRequested(reader) && !isRead) {
      return Optional.of(
          new Decision.LeftOut("nobody reads it: %s is up to date".formatted(reader)));
    }
    if (!missing(partition).isEmpty()) {
      return Optional.empty();
    }
    List<PlannedInput> inputs = plannedInputs(partition);
    return switch (lookUp.size(inputs)) {
      case FITS -> Optional.of(new Decision.LeftOut(lookUp.describe(inputs)));
      case UNKNOWN ->
          partition.state() == State.CURRENT && !force
              ? Optional.empty()
              : Optional.of(new Decision.Open(lookUp.describe(inputs)));
      case TOO_LARGE -> Optional.empty();
    };
  }

  /** The joined rows, where a stage cannot do without them and they are neither there nor made. */
  private Optional<MissingInput> missingJoin(Assessment reader) {
    for (StageOutline outline : pipeline.stages()) {
      if (outline.lookUp().filter(found -> found.reader().equals(reader.stage())).isPresent()) {
        Assessment join = assessor.assess(outline.id(), reader.date());
        boolean isThere = join.state() == State.CURRENT || join.state() == State.SOURCE_GONE;
        boolean isNeeded =
            outline.lookUp().get().size(plannedInputs(join)) == LookUp.Size.TOO_LARGE;
        if (isNeeded && !isThere && !isMade(join)) {
          return Optional.of(
              new MissingInput(join.stage().mainDataSet(), join.date(), causes.reason(join)));
        }
      }
    }
    return Optional.empty();
  }

  private Decision make(Assessment partition, Reason reason) {
    List<MissingInput> missing = missing(partition);
    return missing.isEmpty() ? new Decision.Run(reason) : new Decision.Blocked(missing);
  }

  private List<MissingInput> missing(Assessment partition) {
    if (partition.outline().readsItself()) {
      decideOwnDates(partition);
    }
    List<MissingInput> missing = new ArrayList<>();
    partition
        .outline()
        .missingModel()
        .ifPresent(model -> missing.add(MissingInput.of(model, partition.date())));
    if (partition.state() == State.NO_SOURCE && partition.lacksRawFiles()) {
      missing.add(new MissingInput(RAW, partition.date(), causes.reason(partition)));
    }
    for (Assessment input : assessor.inputs(partition.outline(), partition.date())) {
      SortedSet<String> columns = partition.outline().readOf(input.stage());
      if (!input.isReadable(columns) && !isMade(input)) {
        missing.add(
            new MissingInput(input.stage().mainDataSet(), input.date(), causes.reason(input)));
      }
    }
    if (missing.isEmpty()) {
      missingJoin(partition).ifPresent(missing::add);
    }
    return missing;
  }

  /**
   * Decides on the earlier dates of a stage that reads itself, as far as they have to be made,
   * oldest first: one after the other from within, the stack would be as deep as history is long.
   */
  private void decideOwnDates(Assessment partition) {
    SortedMap<LocalDate, Assessment> dates = new TreeMap<>();
    Deque<Assessment> readers = new ArrayDeque<>(List.of(partition));
    while (!readers.isEmpty()) {
      Assessment reader = readers.pop();
      for (Assessment input : assessor.inputs(reader.outline(), reader.date())) {
        if (input.stage().equals(partition.stage())
            && !input.isReadable(reader.outline().readOf(input.stage()))
            && isDecidedOn(input)
            && !decisions(input).containsKey(key(input))
            && dates.put(input.date(), input) == null) {
          readers.push(input);
        }
      }
    }
    dates.values().forEach(this::decide);
  }

  /** Whether the plan makes an input before it is read. */
  private boolean isMade(Assessment input) {
    return isDecidedOn(input)
        && decide(input).decision() instanceof Decision.Run
        && (isRequested(input) || request.withHistory());
  }

  /** What --stage leaves out of the dates asked for is not made behind one's back. */
  private boolean isDecidedOn(Assessment input) {
    return isRequested(input) || request.makesOthersOf(input.date());
  }

  private Map<Key, PlannedStage> decisions(Assessment partition) {
    return isRequested(partition) ? requested : earlier;
  }

  private boolean isRequested(Assessment partition) {
    return request.contains(partition.date()) && request.selects(partition.stage());
  }

  private PlannedStage planned(Assessment partition, Decision decision) {
    return new PlannedStage(
        partition.stage(),
        partition.date(),
        decision,
        partition.seen(),
        partition.definition(),
        partition.raw().files(),
        plannedInputs(partition));
  }

  private List<PlannedInput> plannedInputs(Assessment partition) {
    List<PlannedInput> inputs = new ArrayList<>();
    for (Assessment input : assessor.inputs(partition.outline(), partition.date())) {
      SortedSet<String> columns = partition.outline().readOf(input.stage());
      input
          .seen()
          .ifPresent(
              seen ->
                  inputs.add(
                      standing(
                          input,
                          new PlannedInput(
                              input.stage(),
                              input.date(),
                              OptionalLong.empty(),
                              seen.asRead(columns)))));
    }
    return inputs;
  }

  private PlannedInput standing(Assessment input, PlannedInput planned) {
    PlannedStage decided = decisions(input).get(key(input));
    boolean isMadeFirst = decided != null && decided.decision() instanceof Decision.Run;
    return isMadeFirst ? planned : input.manifest().map(planned::as).orElse(planned);
  }

  private Key key(Assessment partition) {
    return new Key(partition.date(), order(partition.stage()));
  }

  private int order(StageId stage) {
    return pipeline.stages().indexOf(pipeline.stage(stage));
  }

  private static Optional<Plan.DateRange> range(Collection<PlannedStage> stages) {
    TreeSet<LocalDate> dates =
        stages.stream().map(PlannedStage::date).collect(Collectors.toCollection(TreeSet::new));
    return dates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Plan.DateRange(dates.first(), dates.last()));
  }
}
