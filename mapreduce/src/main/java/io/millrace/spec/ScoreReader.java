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
  private static final String REGISTRY = "registry:";
  private static final String OTHERWISE = "otherwise";
  private static final Pattern OUTPUT = Pattern.compile("([^\\[\\]]+)(?:\\[([^\\[\\]]+)])?");

  private ScoreReader() {}

  /**
   * @param groups the names of the feature groups
   */
  static Optional<ScoreSpec> read(YamlValue value, List<String> groups) {
    return value.section(Section.SCORE).map(score -> read(score, groups));
  }

  private static ScoreSpec read(YamlSection score, List<String> groups) {
    Optional<ScoreSpec.Rows> rows =
        score
            .value("rows")
            .flatMap(value -> ScalarReader.constant(value, ScoreSpec.Rows.class));
    Optional<Located<String>> group =
        score.value("group").flatMap(value -> value.text("the name of a feature group"));
    if (rows.isPresent() && rows.get() == ScoreSpec.Rows.EVENTS) {
      score.value("group").ifPresent(ScoreReader::reportGroupOfEvents);
    } else {
      checkGroup(score, group, groups);
    }
    Map<String, Located<Missing>> missing = new LinkedHashMap<>();
    Missing otherwise =
        score
            .value("missing")
            .flatMap(value -> missing(value, missing))
            .orElse(new Missing.NotANumber());
    return new ScoreSpec(
        rows.orElse(ScoreSpec.Rows.ENTITIES),
        group,
        score.value("model").flatMap(ScoreReader::model).orElse(score.nothing()),
        score.value("inputs").flatMap(ScoreReader::inputs).orElse(new Inputs.SameNames()),
        missing,
        otherwise,
        score.value("output").flatMap(ScoreReader::output),
        score.value("keep").map(ColumnsReader::read).orElse(List.of()),
        score.value("fail_above").flatMap(ScalarReader::share).orElse(BigDecimal.ONE));
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
    } else if (group.isEmpty() && score.value("group").isEmpty() && groups.size() > 1) {
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

  private static Optional<Located<String>> model(YamlValue value) {
    Optional<Located<String>> model = value.text("the path of an ONNX file such as `fraud.onnx`");
    if (model.isPresent() && model.get().value().startsWith(REGISTRY)) {
      value.problem(
          "`"
              + model.get().value()
              + "` is not supported yet by this version; write the path of an ONNX file");
      return Optional.empty();
    }
    return model;
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
      return Optional.of(new Inputs.OneTensor(ColumnsReader.atLeastOne(entries.get(0).value())));
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

  private static Optional<Missing> missing(YamlValue value, Map<String, Located<Missing>> columns) {
    if (!value.isMapping()) {
      return oneMissing(value);
    }
    Optional<Missing> otherwise = Optional.empty();
    for (YamlMapping.Entry entry : value.mapping("").map(YamlMapping::entries).orElse(List.of())) {
      Optional<Missing> missing = oneMissing(entry.value());
      if (entry.key().value().equals(OTHERWISE)) {
        otherwise = missing;
      } else {
        missing.ifPresent(
            found -> columns.put(entry.key().value(), new Located<>(found, entry.key().at())));
      }
    }
    return otherwise;
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
    Matcher output = OUTPUT.matcher(text.get().value());
    if (!output.matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    return Optional.of(
        new Located<>(
            new Output(output.group(1), Optional.ofNullable(output.group(2))), text.get().at()));
  }
}
