package io.millrace.plan;

import io.millrace.plan.Assessment.State;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Compares the warehouse's partitions with what they should be, each once. Fingerprints follow from
 * definitions and raw input alone, so that a stage is judged by what its inputs will be and not by
 * whether they are about to be made again.
 */
final class Assessor {
  private static final String LATENESS = "source.lateness";
  private static final String NO_LATENESS = "none";

  private final PipelineOutline pipeline;
  private final Facts facts;
  private final BiPredicate<StageId, LocalDate> isMadeAnew;
  private final Map<Key, Assessment> assessed = new HashMap<>();
  private final Map<LocalDate, RawDay> rawDays = new HashMap<>();

  private record Key(StageId stage, LocalDate date) {}

  /**
   * @param isMadeAnew what will be made, current or not
   */
  Assessor(PipelineOutline pipeline, Facts facts, BiPredicate<StageId, LocalDate> isMadeAnew) {
    this.pipeline = pipeline;
    this.facts = facts;
    this.isMadeAnew = isMadeAnew;
  }

  Assessment assess(StageId stage, LocalDate date) {
    StageOutline outline = pipeline.stage(stage, date);
    if (outline.readsItself() && !assessed.containsKey(new Key(stage, date))) {
      // it hangs on all its earlier dates: oldest first, or the stack would be as deep as history
      pipeline.from().datesUntil(date).forEach(day -> assessOnce(outline, day));
    }
    return assessOnce(outline, date);
  }

  private Assessment assessOnce(StageOutline outline, LocalDate date) {
    Key key = new Key(outline.id(), date);
    Assessment known = assessed.get(key);
    if (known == null) {
      known = compare(outline, date);
      assessed.put(key, known);
    }
    return known;
  }

  /** The data sets in the order of the pipeline's stages; those that it does not have come last. */
  Comparator<String> order() {
    List<String> known = pipeline.stages().stream().map(stage -> stage.id().mainDataSet()).toList();
    return Comparator.<String>comparingInt(
            dataSet -> known.contains(dataSet) ? known.indexOf(dataSet) : known.size())
        .thenComparing(Comparator.naturalOrder());
  }

  /** The partitions that a stage reads for a date, input by input, oldest first. */
  List<Assessment> inputs(StageOutline outline, LocalDate date) {
    return outline.partitionInputs().stream()
        .flatMap(input -> inputs(input, date).stream())
        .toList();
  }

  private List<Assessment> inputs(StageInput.Partitions input, LocalDate date) {
    return input.dates(date, pipeline.from()).stream().map(day -> assess(input.of(), day)).toList();
  }

  private Assessment compare(StageOutline now, LocalDate date) {
    RawDay raw = now.readsRaw() ? rawDays.computeIfAbsent(date, facts::raw) : RawDay.absent();
    List<Optional<Manifest>> manifests =
        now.id().decisiveDataSets().stream().map(set -> facts.manifest(set, date)).toList();
    Optional<Manifest> main = manifests.get(manifests.size() - 1);
    Expectation expectation = expectation(now, date, raw);
    if (main.isPresent() && !isMadeAnew.test(now.id(), date)) {
      expectation =
          AsMade.of(pipeline, now, main.get())
              .map(then -> expectation(then, date, raw))
              .filter(then -> then.isMetBy(manifests))
              .orElse(expectation);
    }
    StageOutline outline = expectation.outline();
    List<Assessment> inputs = expectation.inputs();
    RecordedDefinition definition = expectation.definition();
    boolean noFiles = outline.readsRaw() && raw.files().isEmpty();
    boolean noSource =
        outline.missingModel().isPresent()
            || (noFiles
                && !(pipeline.missingIsEmpty()
                    && manifests.stream().allMatch(Assessor::isOfNoFiles)))
            || inputs.stream().anyMatch(input -> input.state() == State.NO_SOURCE);
    State state;
    if (expectation.isMetBy(manifests)) {
      state = State.CURRENT;
    } else if (main.isPresent() && isSourceGone(main.get(), outline, raw, inputs)) {
      state = State.SOURCE_GONE;
    } else if (noSource) {
      state = State.NO_SOURCE;
    } else if (manifests.stream().allMatch(Optional::isEmpty)) {
      state = State.ABSENT;
    } else if (!isOneRun(manifests)) {
      state = State.DIED_PUBLISHING;
    } else {
      state = State.STALE;
    }
    boolean fromNothing =
        main.isEmpty() && (noFiles || inputs.stream().anyMatch(Assessment::fromNothing));
    return new Assessment(
        outline,
        date,
        state,
        main,
        expectation.fingerprints(),
        definition,
        raw,
        changes(state, main, definition, raw),
        reads(state, main, outline, inputs),
        fromNothing);
  }

  /**
   * What a partition is by a definition.
   *
   * @param fingerprints empty where an input, or the model, cannot be had
   */
  private record Expectation(
      StageOutline outline,
      List<Assessment> inputs,
      RecordedDefinition definition,
      Optional<Fingerprints> fingerprints) {
    boolean isMetBy(List<Optional<Manifest>> manifests) {
      return fingerprints.isPresent() && isCurrent(manifests, fingerprints.get());
    }
  }

  private Expectation expectation(StageOutline outline, LocalDate date, RawDay raw) {
    List<Assessment> inputs = inputs(outline, date);
    RecordedDefinition definition = definition(outline, date);
    boolean isComplete =
        outline.missingModel().isEmpty()
            && inputs.stream().allMatch(input -> input.seen().isPresent());
    return new Expectation(
        outline,
        inputs,
        definition,
        isComplete ? Optional.of(fingerprints(outline, definition, date, raw)) : Optional.empty());
  }

  private static boolean isCurrent(List<Optional<Manifest>> manifests, Fingerprints expected) {
    String fingerprint = expected.full();
    return isOneRun(manifests)
        && manifests.stream()
            .allMatch(manifest -> manifest.orElseThrow().fingerprint().equals(fingerprint));
  }

  private static boolean isOneRun(List<Optional<Manifest>> manifests) {
    return manifests.stream().allMatch(Optional::isPresent)
        && manifests.stream().map(manifest -> manifest.orElseThrow().run()).distinct().count() == 1;
  }

  private static boolean isOfNoFiles(Optional<Manifest> manifest) {
    return manifest.map(Manifest::filesRead).map(List::isEmpty).orElse(true);
  }

  private static boolean isSourceGone(
      Manifest main, StageOutline outline, RawDay raw, List<Assessment> inputs) {
    if (outline.readsRaw() && !raw.files().isEmpty() && !raw.hasContentOf(main.filesRead())) {
      // what landed anew must not be passed over in silence: it waits for the inputs
      return false;
    }
    boolean rawIsGone =
        outline.readsRaw() && raw.files().isEmpty() && !isOfNoFiles(Optional.of(main));
    return rawIsGone
        || inputs.stream().filter(Assessment::isLost).anyMatch(input -> hasRead(main, input));
  }

  private static boolean hasRead(Manifest manifest, Assessment input) {
    return manifest.partitionsRead().stream()
        .anyMatch(
            read ->
                read.dataSet().equals(input.stage().mainDataSet())
                    && read.date().equals(input.date()));
  }

  private static List<Change> changes(
      State state, Optional<Manifest> main, RecordedDefinition definition, RawDay raw) {
    if (main.isEmpty()) {
      return List.of();
    }
    return switch (state) {
      case STALE, DIED_PUBLISHING, NO_SOURCE -> Changes.since(main.get(), definition, raw);
      case SOURCE_GONE -> Changes.ofDefinition(main.get().definition(), definition);
      case CURRENT, ABSENT -> List.of();
    };
  }

  private static List<Changes.Read> reads(
      State state, Optional<Manifest> main, StageOutline outline, List<Assessment> inputs) {
    if (main.isEmpty() || state == State.CURRENT || state == State.SOURCE_GONE) {
      return List.of();
    }
    SortedMap<PartitionName, String> seen = new TreeMap<>();
    for (Assessment input : inputs) {
      String fingerprint =
          input.seen().map(known -> known.asRead(outline.readOf(input.stage()))).orElse("");
      seen.put(input.name(), fingerprint);
    }
    return Changes.ofPartitions(main.get(), seen);
  }

  private RecordedDefinition definition(StageOutline outline, LocalDate date) {
    SortedMap<String, String> rows = new TreeMap<>(outline.rows().parts());
    if (date.equals(pipeline.from())) {
      // the initial load takes any event day up to its date, as without lateness
      rows.computeIfPresent(LATENESS, (part, limit) -> NO_LATENESS);
    }
    SortedMap<String, SortedMap<String, String>> columns = new TreeMap<>();
    outline.columns().forEach((name, column) -> columns.put(name, column.parts()));
    return new RecordedDefinition(outline.version(), rows, columns, outline.external());
  }

  private Fingerprints fingerprints(
      StageOutline outline, RecordedDefinition definition, LocalDate date, RawDay raw) {
    // many columns read the same
    Map<Map<StageId, SortedSet<String>>, String> inputs = new HashMap<>();
    Function<Definition, String> inputOf =
        reader ->
            inputs.computeIfAbsent(
                reader.reads(), reads -> inputFingerprint(outline, reader, date, raw));
    String rows =
        new FingerprintBuilder("rows")
            .text(outline.id().toString())
            .number(outline.version())
            .text(date.toString())
            .texts(definition.decisiveRows())
            .texts(definition.external())
            .text(inputOf.apply(outline.rows()))
            .build();
    SortedMap<String, String> columns = new TreeMap<>();
    outline
        .columns()
        .forEach(
            (name, column) ->
                columns.put(
                    name,
                    new FingerprintBuilder("column")
                        .texts(column.parts())
                        .text(inputOf.apply(column))
                        .build()));
    return new Fingerprints(rows, columns);
  }

  private String inputFingerprint(
      StageOutline outline, Definition definition, LocalDate date, RawDay raw) {
    FingerprintBuilder builder = new FingerprintBuilder("input").number(outline.inputs().size());
    for (StageInput input : outline.inputs()) {
      if (input instanceof StageInput.Partitions partitions) {
        List<Assessment> read = inputs(partitions, date);
        builder.text(partitions.of().toString()).number(read.size());
        for (Assessment partition : read) {
          builder.text(partition.date().toString());
          builder.text(partition.seen().orElseThrow().asRead(definition.readOf(partitions.of())));
        }
      } else {
        builder.text(raw.fingerprint());
      }
    }
    return builder.build();
  }
}
