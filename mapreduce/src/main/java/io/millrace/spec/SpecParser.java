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
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

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
        root.flatMap(found -> found.section(Section.PIPELINE))
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
    Located<String> name =
        pipeline.value("pipeline").flatMap(SpecParser::name).orElse(pipeline.nothing());
    Located<String> warehouse =
        pipeline
            .value("warehouse")
            .flatMap(value -> value.text("a folder such as `/data/warehouse`"))
            .orElse(pipeline.nothing());
    ZoneId timezone =
        pipeline.value("timezone").flatMap(ScalarReader::zone).orElse(ZoneId.of("UTC"));
    Optional<SourceSpec> source = pipeline.value("source").flatMap(SourceReader::read);
    CleanSpec clean =
        pipeline.value("clean").flatMap(CleanReader::read).orElse(CleanReader.nothingToDo());
    Optional<YamlValue> groups = pipeline.value("features");
    List<FeatureGroupSpec> features = groups.map(FeaturesReader::read).orElse(List.of());
    Optional<ScoreSpec> score =
        pipeline
            .value("score")
            .flatMap(
                value -> ScoreReader.read(value, groups.map(YamlValue::keys).orElse(List.of())));
    Optional<PipelineSpec> spec =
        source.map(
            known ->
                new PipelineSpec(file, name, warehouse, timezone, known, clean, features, score));
    spec.ifPresent(whole -> checkEventTime(pipeline, whole));
    return spec;
  }

  private static Optional<Located<String>> name(YamlValue value) {
    String expected = "a name of small letters, digits and `-`, such as `card-fraud`";
    Optional<Located<String>> name = value.text(expected);
    if (name.isPresent() && !NAME.matcher(name.get().value()).matches()) {
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
    Optional<YamlValue> source = pipeline.value("source");
    if (source.isPresent() && !source.get().keys().contains("event_time") && !needs.isEmpty()) {
      pipeline.problem(
          source.get().name(),
          "`source` lacks the key `event_time`, needed by "
              + String.join(" and ", needs)
              + "; add `event_time:` with the column that says when a record"
              + " happened");
    }
  }
}
