package io.millrace.spec;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code pipeline.yaml}. The reference page of its keys is {@code docs/pipeline-yaml.md}. */
public final class SpecParser {
  static final Key<Located<String>> NAME =
      Key.required("pipeline", "pipeline: card-fraud", SpecParser::name)
          .takes("small letters, digits, `-`; a letter first")
          .means("name of the pipeline");
  static final Key<Located<String>> WAREHOUSE =
      Key.required(
              "warehouse",
              "warehouse: /data/warehouse",
              value -> value.text("a folder such as `/data/warehouse`"))
          .takes("path")
          .means("the folder that all results go to");
  static final Key<ZoneId> TIMEZONE =
      Key.optional("timezone", ScalarReader::zone)
          .takes("name of a zone, such as `Europe/Berlin`, or offset, such as `+02:00`")
          .byDefault(ZoneId.of("UTC"), "`UTC`")
          .means("in which days count, and timestamps without a zone are read");
  static final Key<SourceSpec> SOURCE =
      Key.required(
              "source",
              "source: {path: '/landing/dt=${date}', schema: row.avsc, from: 2026-01-01}",
              SourceReader::read)
          .takes("mapping")
          .means("[where records come from](#source)");
  static final Key<CleanSpec> CLEAN =
      Key.optional("clean", CleanReader::read)
          .takes("mapping")
          .byDefault(CleanReader.nothingToDo(), "every record is kept as it is")
          .means("[what makes a record valid](#clean)");
  static final Key<List<FeatureGroupSpec>> FEATURES =
      Key.optional("features", value -> Optional.of(FeaturesReader.read(value)))
          .takes("mapping of group names to mappings")
          .byDefault(List.of(), "none")
          .means("[what describes an entity](#featuresgroup)");
  static final Key<YamlValue> TRAIN =
      Key.optional("train", Optional::of)
          .takes("mapping")
          .without("nothing is trained")
          .means("[which model is learnt from history, and how](#train)");
  static final Key<YamlValue> SCORE =
      Key.optional("score", Optional::of)
          .takes("mapping")
          .without("nothing is scored")
          .means("[what is scored, by which model](#score)");
  static final Key<JoinSpec> JOIN =
      Key.optional("join", JoinReader::read)
          .takes("mapping")
          .byDefault(JoinReader.standard(), "`{}`")
          .means("[how records and features come together](#join)");

  static final Key<Boolean> PROFILE =
      Key.optional("profile", ScalarReader::flag)
          .takes("`true` or `false`")
          .byDefault(true, "`true`")
          .means(
              "whether it is noted on the way what the columns of clean rows and of features are"
                  + " like; a change makes nothing stale, `millrace profile` shows them");

  static final Key<YamlValue> RESOURCES =
      Key.optional("resources", Optional::of)
          .takes("mapping")
          .without("follow from the input")
          .means("[what jobs ask a cluster for](#resources): queue, memory, number of maps");

  static final Key<RunsSpec> RUNS =
      Key.optional("runs", RunsReader::read)
          .takes("mapping")
          .byDefault(RunsReader.standard(), "`{}`")
          .means("[how long the records of runs are kept](#runs)");

  static final Key<YamlValue> SCHEDULE =
      Key.optional("schedule", Optional::of)
          .takes("mapping")
          .without("runs when somebody starts it")
          .means("[when it runs by itself](#schedule), and who is told of failures");

  static final Section PIPELINE =
      Section.of(
          "pipeline.yaml",
          NAME,
          WAREHOUSE,
          TIMEZONE,
          SOURCE,
          CLEAN,
          FEATURES,
          TRAIN,
          SCORE,
          JOIN,
          PROFILE,
          RESOURCES,
          RUNS,
          SCHEDULE,
          Key.later("sources", "write one `source`, or a pipeline for each"));

  private static final Pattern NAMES = Pattern.compile("[a-z][a-z0-9-]*");

  private SpecParser() {}

  /**
   * Reads a whole file.
   *
   * @param file the path or URI of the text, for messages and as what its paths are relative to
   * @param settings what <code>${name}</code> stands for
   * @throws SpecException with everything that is wrong, in the order of the file
   */
  public static PipelineSpec parse(String file, String yaml, Map<String, String> settings) {
    Problems problems = new Problems();
    Placeholders placeholders = new Placeholders(settings);
    YamlDocument document = YamlDocument.spec(file, yaml, placeholders, problems);
    Optional<YamlValue> root = document.root();
    root.ifPresent(found -> placeholders.reportUnused(document.start(), problems));
    Optional<PipelineSpec> spec =
        root.flatMap(found -> found.section(PIPELINE))
            .flatMap(pipeline -> pipeline(file, pipeline));
    problems.throwIfAny();
    return spec.orElseThrow(() -> new IllegalStateException("Cannot read pipeline: " + file));
  }

  /** The names that stand as <code>${name}</code> in a file, those of dates aside. */
  public static Set<String> placeholders(String file, String yaml) {
    Placeholders placeholders = new Placeholders(Map.of());
    YamlDocument.spec(file, yaml, placeholders, new Problems()).root();
    return placeholders.names();
  }

  private static Optional<PipelineSpec> pipeline(String file, YamlSection pipeline) {
    Located<String> name = pipeline.text(NAME);
    Located<String> warehouse = pipeline.text(WAREHOUSE);
    ZoneId timezone = pipeline.get(TIMEZONE);
    Optional<SourceSpec> source = pipeline.find(SOURCE);
    CleanSpec clean = pipeline.get(CLEAN);
    List<FeatureGroupSpec> features = pipeline.get(FEATURES);
    List<String> groups = pipeline.value(FEATURES).map(YamlValue::keys).orElse(List.of());
    boolean profile = pipeline.get(PROFILE);
    Optional<TrainSpec> train =
        pipeline.find(TRAIN).flatMap(value -> TrainReader.read(value, groups));
    Optional<ScoreSpec> score =
        pipeline.find(SCORE).flatMap(value -> ScoreReader.read(value, groups, trained(pipeline)));
    ResourcesSpec resources =
        pipeline
            .find(RESOURCES)
            .map(value -> ResourcesReader.read(value, groups))
            .orElse(ResourcesSpec.none());
    Optional<ScheduleSpec> schedule =
        pipeline
            .find(SCHEDULE)
            .flatMap(value -> ScheduleReader.read(value, pipeline.value(TRAIN).isPresent()));
    Optional<PipelineSpec> spec =
        source.map(
            known ->
                new PipelineSpec(
                    file,
                    name,
                    warehouse,
                    timezone,
                    known,
                    clean,
                    features,
                    train,
                    score,
                    pipeline.get(JOIN),
                    profile,
                    resources,
                    pipeline.get(RUNS),
                    schedule));
    spec.ifPresent(whole -> checkEventTime(pipeline, whole));
    return spec;
  }

  /** The name under which a model is trained, whatever else is wrong with it. */
  private static Optional<String> trained(YamlSection pipeline) {
    return pipeline
        .value(TRAIN)
        .flatMap(train -> train.behind(TrainReader.MODEL.name()))
        .flatMap(model -> model.behind(ModelReader.NAME.name()))
        .map(YamlValue::scalar);
  }

  private static Optional<Located<String>> name(YamlValue value) {
    String expected = "a name of small letters, digits and `-`, such as `card-fraud`";
    Optional<Located<String>> name = value.text(expected);
    if (name.isPresent() && !NAMES.matcher(name.get().value()).matches()) {
      value.mismatch(expected);
    }
    return name;
  }

  /** What counts by event days needs to know where they stand. */
  private static void checkEventTime(YamlSection pipeline, PipelineSpec spec) {
    List<String> needs = new ArrayList<>();
    if (spec.source().lateness() instanceof SourceSpec.Lateness.Days) {
      needs.add("`source.lateness`");
    }
    if (spec.clean().deduplicate() instanceof CleanSpec.Deduplicate.ByKey) {
      needs.add("`clean.deduplicate.keep`");
    }
    if (!spec.features().isEmpty()) {
      needs.add("`features`");
    }
    Optional<YamlValue> source = pipeline.value(SOURCE);
    if (source.isPresent()
        && !source.get().keys().contains(SourceReader.EVENT_TIME.name())
        && !needs.isEmpty()) {
      pipeline.problem(
          source.get().name(),
          "`source` lacks the key `event_time`, needed by "
              + String.join(" and ", needs)
              + "; add `event_time:` with the column that says when a record"
              + " happened");
    }
  }
}
