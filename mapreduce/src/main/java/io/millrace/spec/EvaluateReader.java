package io.millrace.spec;

import io.millrace.spec.EvaluateSpec.Baseline;
import io.millrace.spec.EvaluateSpec.Top;
import io.millrace.spec.TrainSpec.Limit;
import io.millrace.spec.TrainSpec.Requirement;
import io.millrace.spec.TrainSpec.Sign;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code train.evaluate} and {@code train.accept}. */
final class EvaluateReader {
  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,11}");
  private static final Pattern REQUIREMENT = Pattern.compile("\\s*(>=|<=)\\s*(\\S+)\\s*");
  private static final Map<String, Limit> MODELS =
      Map.of("baseline", new Limit.Baseline(), "production", new Limit.Production());
  private static final double STANDARD_THRESHOLD = 0.5;

  static final Key<List<Located<String>>> SEGMENTS =
      Key.optional("segments", value -> Optional.of(ColumnsReader.read(value)))
          .takes("list of columns")
          .byDefault(List.of(), "none")
          .means("the model is measured on the rows of each of their values, too");
  static final Key<Double> THRESHOLD =
      Key.optional("threshold", value -> ScalarReader.number(value, 0, 1))
          .takes("number from `0` to `1`")
          .byDefault(STANDARD_THRESHOLD, "`0.5`")
          .means("the probability from which a row counts as TRUE in the confusion matrix");
  static final Key<List<Top>> TOP =
      Key.optional("top", value -> Optional.of(top(value)))
          .takes("list of whole numbers and shares")
          .byDefault(List.of(new Top.Share(new BigDecimal("0.01"))), "`1%`")
          .means("of how many rows with the highest scores lift, precision and recall are told");
  static final Key<Baseline> BASELINE =
      Key.optional("baseline", EvaluateReader::baseline)
          .takes("[mapping](#trainevaluatebaseline)")
          .without("none")
          .means("a model from elsewhere that is measured on the same rows");

  static final Section EVALUATE = Section.of("train.evaluate", SEGMENTS, THRESHOLD, TOP, BASELINE);

  static final Key<Located<String>> FILE =
      Key.required(
              "model",
              "model: scorecard.onnx",
              value -> value.text("the path of an ONNX file such as `scorecard.onnx`"))
          .takes("path of an ONNX file")
          .means("the model");

  static final Section MODEL =
      Section.of(
          "train.evaluate.baseline",
          FILE,
          ScoreReader.INPUTS,
          ScoreReader.MISSING,
          ScoreReader.OUTPUT);

  private EvaluateReader() {}

  static EvaluateSpec standard() {
    return new EvaluateSpec(
        SEGMENTS.standard(), THRESHOLD.standard(), TOP.standard(), Optional.empty());
  }

  static Optional<EvaluateSpec> read(YamlValue value) {
    return value
        .section(EVALUATE)
        .map(
            section ->
                new EvaluateSpec(
                    section.get(SEGMENTS),
                    section.get(THRESHOLD),
                    section.get(TOP),
                    section.find(BASELINE)));
  }

  private static List<Top> top(YamlValue value) {
    List<Top> all = new ArrayList<>();
    for (YamlValue item : value.items()) {
      String expected = "a number of rows such as `100`, or a share such as `1%`";
      Optional<String> text = item.text(expected).map(found -> found.value().strip());
      if (text.isPresent() && COUNT.matcher(text.get()).matches()) {
        all.add(new Top.Rows(Long.parseLong(text.get())));
      } else if (text.isPresent() && text.get().endsWith("%")) {
        ScalarReader.share(item)
            .filter(share -> share.signum() > 0)
            .ifPresentOrElse(share -> all.add(new Top.Share(share)), () -> item.mismatch(expected));
      } else if (text.isPresent()) {
        item.mismatch(expected);
      }
    }
    return all;
  }

  private static Optional<Baseline> baseline(YamlValue value) {
    return value
        .section(MODEL)
        .map(
            section -> {
              ScoreReader.Policy missing = section.get(ScoreReader.MISSING);
              return new Baseline(
                  section.text(FILE),
                  section.get(ScoreReader.INPUTS),
                  missing.columns(),
                  missing.otherwise(),
                  section.find(ScoreReader.OUTPUT));
            });
  }

  /** What must hold of metrics. */
  static List<Requirement> requirements(YamlValue value) {
    List<Requirement> all = new ArrayList<>();
    Optional<YamlMapping> mapping =
        value.mapping("a mapping of metrics to limits such as `auc: \">= 0.80\"`");
    for (YamlMapping.Entry entry : mapping.map(YamlMapping::entries).orElse(List.of())) {
      requirement(entry.key(), entry.value()).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<Requirement> requirement(Located<String> metric, YamlValue value) {
    String expected =
        "a limit such as `\">= 0.80\"` or `\"<= 0.10\"`, of a number, `baseline` or `production`";
    Optional<Located<String>> text = value.text(expected);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher requirement = REQUIREMENT.matcher(text.get().value());
    Optional<Limit> limit = requirement.matches() ? limit(requirement.group(2)) : Optional.empty();
    if (limit.isEmpty()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    Sign sign = requirement.group(1).equals(Sign.AT_LEAST.text()) ? Sign.AT_LEAST : Sign.AT_MOST;
    return Optional.of(new Requirement(metric, sign, new Located<>(limit.get(), text.get().at())));
  }

  private static Optional<Limit> limit(String text) {
    return Optional.ofNullable(MODELS.get(text))
        .or(() -> ScalarReader.number(text).map(Limit.Fixed::new));
  }
}
