package io.millrace.spec;

import static java.util.Objects.requireNonNull;

import io.millrace.spec.CleanSpec.Deduplicate;
import io.millrace.spec.ScoreSpec.Inputs;
import io.millrace.spec.ScoreSpec.Missing;
import io.millrace.spec.ScoreSpec.Output;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes a spec with all its defaults, as YAML that {@link SpecParser} reads as an equal spec. */
public final class SpecPrinter {
  private SpecPrinter() {}

  public static String print(PipelineSpec spec) {
    Map<String, Object> pipeline = new LinkedHashMap<>();
    pipeline.put("pipeline", literal(spec.name()));
    pipeline.put("warehouse", literal(spec.warehouse()));
    pipeline.put("timezone", spec.timezone().getId());
    pipeline.put("source", source(spec.source()));
    pipeline.put("clean", clean(spec.clean()));
    Map<String, Object> features = new LinkedHashMap<>();
    spec.features().forEach(group -> features.put(group.name().value(), group(group)));
    pipeline.put("features", features);
    spec.train().ifPresent(train -> pipeline.put("train", TrainPrinter.print(train)));
    spec.score().ifPresent(score -> pipeline.put("score", score(score)));
    pipeline.put("join", Map.of("memory", ScalarReader.bytes(spec.join().memoryBytes())));
    pipeline.put("profile", spec.profile());
    Map<String, Object> resources = resources(spec.resources());
    if (!resources.isEmpty()) {
      pipeline.put("resources", resources);
    }
    pipeline.put("runs", Map.of("keep", days(spec.runs().keepDays())));
    spec.schedule()
        .ifPresent(schedule -> pipeline.put("schedule", SchedulePrinter.print(schedule)));
    return dump(pipeline);
  }

  /** A training alone; files are named without their folders, which differ from place to place. */
  public static String print(TrainSpec spec) {
    Map<String, Object> train = TrainPrinter.print(spec);
    spec.evaluate()
        .baseline()
        .map(baseline -> baseline.model().value())
        .ifPresent(
            path -> {
              Map<?, ?> evaluate = (Map<?, ?>) requireNonNull(train.get("evaluate"));
              @SuppressWarnings("unchecked") // the printer's own
              Map<String, Object> baseline =
                  (Map<String, Object>) requireNonNull(evaluate.get("baseline"));
              baseline.put("model", path.substring(path.lastIndexOf('/') + 1));
            });
    return dump(Map.of("train", train));
  }

  private static String dump(Map<String, Object> content) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            .setSchema(new CoreSchema()) // puts quotes around every text that reads as null
            .build();
    return new Dump(settings).dumpToString(content);
  }

  /**
   * A training piece by piece: the place in the spec, such as {@code train.model.l2}, and its text.
   */
  public static SortedMap<String, String> parts(TrainSpec spec) {
    SortedMap<String, String> parts = new TreeMap<>();
    addParts("train", TrainPrinter.print(spec), parts);
    return parts;
  }

  private static void addParts(String path, Object value, SortedMap<String, String> parts) {
    if (value instanceof Map<?, ?> mapping) {
      mapping.forEach((key, inner) -> addParts(path + "." + key, inner, parts));
    } else {
      parts.put(path, value.toString());
    }
  }

  private static Map<String, Object> source(SourceSpec spec) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("path", spec.path().value());
    if (spec.format() instanceof FormatSpec.Csv csv) {
      source.put("format", "csv");
      source.put("options", options(csv));
    }
    source.put("schema", literal(spec.schema()));
    spec.eventTime().ifPresent(column -> source.put("event_time", literal(column)));
    source.put("from", spec.from().toString());
    source.put("missing", ScalarReader.word(spec.missing()));
    source.put("lateness", lateness(spec.lateness()));
    if (spec.landed() instanceof SourceSpec.Landed.DoneFlag flag) {
      source.put("done_flag", flag.name());
    } else if (spec.landed() instanceof SourceSpec.Landed.Settled settled) {
      source.put("settle", DurationReader.text(settled.quiet()));
    }
    return source;
  }

  private static Map<String, Object> options(FormatSpec.Csv csv) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("header", csv.header());
    options.put("separator", csv.separator() == '\t' ? "tab" : String.valueOf(csv.separator()));
    options.put("quote", String.valueOf(csv.quote()));
    options.put("nulls", csv.nulls().stream().map(SpecPrinter::literal).toList());
    options.put("timestamps", literals(csv.timestamps()));
    options.put("columns", literals(csv.columns()));
    return options;
  }

  private static String lateness(SourceSpec.Lateness lateness) {
    return lateness instanceof SourceSpec.Lateness.Days limit ? days(limit.days()) : "none";
  }

  private static Map<String, Object> clean(CleanSpec spec) {
    Map<String, Object> clean = new LinkedHashMap<>();
    clean.put("repair", expressions(spec.repair()));
    clean.put("derive", expressions(spec.derive()));
    clean.put("rules", expressions(spec.rules()));
    clean.put("deduplicate", deduplicate(spec.deduplicate()));
    clean.put("fail_above", share(spec.failAbove()));
    return clean;
  }

  private static Object deduplicate(Deduplicate spec) {
    if (spec instanceof Deduplicate.ByKey byKey) {
      Map<String, Object> deduplicate = new LinkedHashMap<>();
      deduplicate.put("by", literals(byKey.columns()));
      deduplicate.put("keep", ScalarReader.word(byKey.keep()));
      deduplicate.put("across", days(byKey.acrossDays()));
      return deduplicate;
    }
    return spec instanceof Deduplicate.Exact ? "exact" : "none";
  }

  private static Map<String, Object> group(FeatureGroupSpec spec) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("entity", literals(spec.entity()));
    group.put("windows", spec.windows().stream().map(SpecPrinter::days).toList());
    group.put("delay", days(spec.delayDays()));
    spec.where().ifPresent(where -> group.put("where", literal(where)));
    group.put("aggregates", expressions(spec.aggregates()));
    group.put("derive", expressions(spec.derive()));
    return group;
  }

  private static Map<String, Object> score(ScoreSpec spec) {
    Map<String, Object> score = new LinkedHashMap<>();
    score.put("rows", ScalarReader.word(spec.rows()));
    spec.group().ifPresent(group -> score.put("group", literal(group)));
    model(spec, score);
    score.put("keep", literals(spec.keep()));
    score.put("fail_above", share(spec.failAbove()));
    return score;
  }

  /** What is said of a model: a registered one knows its inputs. */
  static void model(ScoreSpec spec, Map<String, Object> score) {
    score.put("model", literal(spec.model()));
    if (spec.registered().isPresent()) {
      return;
    }
    if (spec.inputs() instanceof Inputs.ByName byName) {
      score.put("inputs", literals(byName.columns()));
    } else if (spec.inputs() instanceof Inputs.OneTensor tensor) {
      Object columns = literals(tensor.columns());
      score.put(
          "inputs",
          tensor.input().<Object>map(input -> Map.of(input.value(), columns)).orElse(columns));
    }
    score.put("missing", missing(spec));
    spec.output().ifPresent(output -> score.put("output", output(output.value())));
  }

  /** What is not said has no value of its own: it follows from the input. */
  private static Map<String, Object> resources(ResourcesSpec spec) {
    Map<String, Object> resources = new LinkedHashMap<>();
    spec.queue().ifPresent(queue -> resources.put("queue", literal(queue)));
    spec.priority().ifPresent(priority -> resources.put("priority", ScalarReader.word(priority)));
    spec.stages().forEach((name, stage) -> resources.put(name, stage(stage)));
    return resources;
  }

  private static Map<String, Object> stage(ResourcesSpec.Stage spec) {
    Map<String, Object> stage = new LinkedHashMap<>();
    spec.mapMemoryBytes().ifPresent(size -> stage.put("map_memory", ScalarReader.bytes(size)));
    spec.reduceMemoryBytes()
        .ifPresent(size -> stage.put("reduce_memory", ScalarReader.bytes(size)));
    spec.vcores().ifPresent(number -> stage.put("vcores", number));
    spec.splitBytes().ifPresent(size -> stage.put("split", ScalarReader.bytes(size)));
    spec.runningMaps().ifPresent(number -> stage.put("running_maps", number));
    spec.runningReduces().ifPresent(number -> stage.put("running_reduces", number));
    return stage;
  }

  private static Object missing(ScoreSpec spec) {
    if (spec.missing().isEmpty()) {
      return missing(spec.otherwise());
    }
    Map<String, Object> missing = new LinkedHashMap<>();
    spec.missing().forEach((column, value) -> missing.put(column, missing(value.value())));
    missing.put("otherwise", missing(spec.otherwise()));
    return missing;
  }

  private static String missing(Missing missing) {
    if (missing instanceof Missing.Value value) {
      return String.valueOf(value.value());
    }
    return missing instanceof Missing.Reject ? "reject" : "nan";
  }

  private static String output(Output output) {
    Optional<String> index = output.index();
    return literal(output.name() + index.map(column -> "[" + column + "]").orElse(""));
  }

  private static Map<String, String> expressions(List<NamedExpression> expressions) {
    Map<String, String> named = new LinkedHashMap<>();
    expressions.forEach(
        expression -> named.put(expression.name().value(), literal(expression.sql())));
    return named;
  }

  static List<String> literals(Collection<Located<String>> texts) {
    return texts.stream().map(SpecPrinter::literal).toList();
  }

  private static Map<String, String> literals(Map<String, Located<String>> texts) {
    Map<String, String> literals = new LinkedHashMap<>();
    texts.forEach((name, text) -> literals.put(name, literal(text)));
    return literals;
  }

  static String literal(Located<String> text) {
    return literal(text.value());
  }

  /** What is no placeholder must not be read as one. */
  private static String literal(String text) {
    return text.replace("${", "$${");
  }

  static String days(int days) {
    return days + "d";
  }

  static String share(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
