package io.millrace.spec;

import io.millrace.spec.ScoreSpec.Inputs;
import io.millrace.spec.ScoreSpec.Missing;
import io.millrace.spec.ScoreSpec.Output;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code score}. */
final class ScoreReader {
  private static final String OTHERWISE = "otherwise";
  private static final Pattern OUTPUT_NAME = Pattern.compile("([^\\[\\]]+)(?:\\[([^\\[\\]]+)])?");
  private static final String EXPECTED_MODEL =
      "the path of an ONNX file such as `fraud.onnx`, or a registered model such as `registry:fraud`";

  static final Key<ScoreSpec.Rows> ROWS =
      Key.required(
              "rows", "rows: entities", value -> ScalarReader.constant(value, ScoreSpec.Rows.class))
          .takes(ScalarReader.words(ScoreSpec.Rows.class))
          .means(
              "a score for each entity that has features on the date, or for each clean record that"
                  + " landed on it, [with the features of the day"
                  + " before](scoring.md#rows-entities-or-events)");
  static final Key<Located<String>> GROUP =
      Key.optional("group", value -> value.text("the name of a feature group"))
          .takes("name of a feature group")
          .without("the only one")
          .means("with `rows: entities`: whose entities are scored");
  static final Key<Located<String>> MODEL =
      Key.required("model", "model: fraud.onnx", value -> value.text(EXPECTED_MODEL))
          .takes("path of an ONNX file, or `registry:` and the name of `train.model`")
          .means(
              "the model; of a registered one [the version that counts on the"
                  + " date](training.md#which-version-scores)");
  static final Key<Inputs> INPUTS =
      Key.optional("inputs", ScoreReader::inputs)
          .takes("list of columns, or mapping")
          .byDefault(new Inputs.SameNames(), "each input of the model takes the column of its name")
          .means("how columns reach the model");
  static final Key<Policy> MISSING =
      Key.optional("missing", ScoreReader::policy)
          .takes("`nan`, `reject`, a number, or a mapping")
          .byDefault(new Policy(new Missing.NotANumber(), Map.of()), "`nan`")
          .means("what a NULL becomes on its way into the model");
  static final Key<Located<Output>> OUTPUT =
      Key.optional("output", ScoreReader::output)
          .takes("`name`, `name[1]` or `name[key]`")
          .without("the model's only output")
          .means("which output is the score");
  static final Key<List<Located<String>>> KEEP =
      Key.optional("keep", value -> Optional.of(ColumnsReader.read(value)))
          .takes("list of columns")
          .byDefault(
              List.of(),
              "the entity's columns; with `rows: events` the key of `clean.deduplicate.by`")
          .means("carried into the scores");
  static final Key<BigDecimal> FAIL_ABOVE =
      Key.optional("fail_above", ScalarReader::share)
          .takes("share")
          .byDefault(BigDecimal.ONE, "`100%`")
          .means("if more than this share of rows cannot be scored, nothing is published");

  static final Section SCORE =
      Section.of("score", ROWS, GROUP, MODEL, INPUTS, MISSING, OUTPUT, KEEP, FAIL_ABOVE);

  private ScoreReader() {}

  /** What a NULL becomes: in single columns, and in all others. */
  record Policy(Missing otherwise, Map<String, Located<Missing>> columns) {}

  /**
   * @param groups the names of the feature groups
   * @param trained the name under which the pipeline trains a model
   */
  static Optional<ScoreSpec> read(YamlValue value, List<String> groups, Optional<String> trained) {
    return value.section(SCORE).map(score -> read(score, groups, trained));
  }

  private static ScoreSpec read(YamlSection score, List<String> groups, Optional<String> trained) {
    Optional<ScoreSpec.Rows> rows = score.find(ROWS);
    Optional<Located<String>> group = score.find(GROUP);
    if (rows.isPresent() && rows.get() == ScoreSpec.Rows.EVENTS) {
      score.value(GROUP).ifPresent(ScoreReader::reportGroupOfEvents);
    } else {
      checkGroup(score, group, groups);
    }
    Policy missing = score.get(MISSING);
    ScoreSpec spec = spec(score, rows, group, missing);
    spec.registered().ifPresent(name -> checkRegistered(score, spec.model(), name, trained));
    return spec;
  }

  private static ScoreSpec spec(
      YamlSection score,
      Optional<ScoreSpec.Rows> rows,
      Optional<Located<String>> group,
      Policy missing) {
    return new ScoreSpec(
        rows.orElse(ScoreSpec.Rows.ENTITIES),
        group,
        score.text(MODEL),
        score.get(INPUTS),
        missing.columns(),
        missing.otherwise(),
        score.find(OUTPUT),
        score.get(KEEP),
        score.get(FAIL_ABOVE));
  }

  private static void reportGroupOfEvents(YamlValue value) {
    value.problem(
        "`"
            + value.path()
            + "` says whose entities are scored; with `rows: events` leave it out: the columns"
            + " that are named say which groups are needed");
  }

  private static void checkGroup(
      YamlSection score, Optional<Located<String>> group, List<String> groups) {
    if (groups.isEmpty()) {
      score.problem(
          score.at(),
          "`score` scores the entities of a feature group, and there is none; add one under"
              + " `features`");
    } else if (group.isEmpty() && score.value(GROUP).isEmpty() && groups.size() > 1) {
      score.problem(
          score.at(),
          "`score` lacks the key `group`, and there are several; add `group:` with one of "
              + String.join(", ", groups));
    } else if (group.isPresent() && !groups.contains(group.get().value())) {
      String found = group.get().value();
      score.problem(
          group.get().at(),
          "`score.group` is `"
              + found
              + "`; expected one of the feature groups "
              + String.join(", ", groups)
              + Spelling.suggestion(found, groups));
    }
  }

  /** A registered model is the pipeline's own, and knows its inputs. */
  private static void checkRegistered(
      YamlSection score, Located<String> model, String name, Optional<String> trained) {
    if (trained.isEmpty()) {
      score.problem(
          model.at(),
          "`%s` is a model that the pipeline trains, and it has no `train`; add it, or write the path of an ONNX file"
              .formatted(model));
    } else if (!trained.get().equals(name)) {
      score.problem(
          model.at(),
          "`%s` is none of this pipeline's models; write `registry:%s`, which `train.model` names"
              .formatted(model, trained.get()));
    }
    for (Key<?> key : List.of(INPUTS, MISSING, OUTPUT)) {
      score
          .value(key)
          .ifPresent(
              value ->
                  value.problem(
                      "`%s` has no meaning for `%s`, which knows its inputs, what NULL is, and its score; leave it out"
                          .formatted(value.path(), model)));
    }
  }

  private static Optional<Inputs> inputs(YamlValue value) {
    if (value.isList()) {
      return Optional.of(new Inputs.OneTensor(ColumnsReader.atLeastOne(value)));
    }
    if (!value.isMapping()) {
      value.mismatch(
          "a list of columns such as `[card_txn_count_7d, card_risk_7d]`, or a mapping of model inputs to"
              + " columns; leave it out where the names are the same");
      return Optional.empty();
    }
    List<YamlMapping.Entry> entries = value.mapping("").map(YamlMapping::entries).orElse(List.of());
    if (entries.size() == 1 && entries.get(0).value().isList()) {
      return Optional.of(
          new Inputs.OneTensor(
              Optional.of(entries.get(0).key()), ColumnsReader.atLeastOne(entries.get(0).value())));
    }
    if (entries.isEmpty()) {
      value.problem(
          "`"
              + value.path()
              + "` names no input; leave it out where the model's inputs are called like columns");
    }
    return Optional.of(new Inputs.ByName(byName(entries)));
  }

  private static Map<String, Located<String>> byName(List<YamlMapping.Entry> entries) {
    Map<String, Located<String>> columns = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : entries) {
      YamlValue value = entry.value();
      if (value.isList()) {
        value.problem(
            "`"
                + value.path()
                + "` is a list, but the model has other inputs too; name one column, since only a"
                + " single input can take a list");
        continue;
      }
      value.text("the name of a column").ifPresent(name -> columns.put(entry.key().value(), name));
    }
    return columns;
  }

  private static Optional<Policy> policy(YamlValue value) {
    if (!value.isMapping()) {
      return oneMissing(value).map(missing -> new Policy(missing, Map.of()));
    }
    Optional<Missing> otherwise = Optional.empty();
    Map<String, Located<Missing>> columns = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : value.mapping("").map(YamlMapping::entries).orElse(List.of())) {
      Optional<Missing> missing = oneMissing(entry.value());
      if (entry.key().value().equals(OTHERWISE)) {
        otherwise = missing;
      } else {
        missing.ifPresent(
            found -> columns.put(entry.key().value(), new Located<>(found, entry.key().at())));
      }
    }
    return Optional.of(new Policy(otherwise.orElse(MISSING.standard().otherwise()), columns));
  }

  private static Optional<Missing> oneMissing(YamlValue value) {
    String expected = "`nan`, `reject` or a number";
    Optional<String> text = value.text(expected).map(Located::value);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Missing> missing =
        switch (text.get()) {
          case "nan" -> Optional.of(new Missing.NotANumber());
          case "reject" -> Optional.of(new Missing.Reject());
          default -> ScalarReader.number(text.get()).map(Missing.Value::new);
        };
    if (missing.isEmpty()) {
      value.mismatch(expected + Spelling.suggestion(text.get(), List.of("nan", "reject")));
    }
    return missing;
  }

  private static Optional<Located<Output>> output(YamlValue value) {
    String expected = "an output of the model: `name`, `name[1]` or `name[key]`";
    Optional<Located<String>> text = value.text(expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher output = OUTPUT_NAME.matcher(text.get().value());
    if (!output.matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    return Optional.of(
        new Located<>(
            new Output(output.group(1), Optional.ofNullable(output.group(2))), text.get().at()));
  }
}
