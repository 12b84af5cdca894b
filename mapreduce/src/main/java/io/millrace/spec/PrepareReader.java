package io.millrace.spec;

import io.millrace.spec.PrepareSpec.Clip;
import io.millrace.spec.PrepareSpec.Encoding;
import io.millrace.spec.PrepareSpec.Impute;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code train.prepare}. */
final class PrepareReader {
  private static final int MOST_BUCKETS = 1000;
  private static final int MOST_COUNT = 1_000_000_000;

  static final Key<Impute> IMPUTE =
      Key.optional("impute", PrepareReader::impute)
          .takes("`mean`, `median` or a number")
          .without("`mean`; of trees none: NULL is a value of its own")
          .means("what a NULL number becomes");
  static final Key<Boolean> INDICATOR =
      Key.optional("indicator", ScalarReader::flag)
          .takes("`true` or `false`")
          .without("`true` where NULLs are imputed")
          .means(
              "whether a column `… is missing` says where there was NULL, if training rows have any");
  static final Key<Clip> CLIP =
      Key.optional("clip", PrepareReader::clip)
          .takes("two shares")
          .without("not clipped")
          .means(
              "quantiles of the training rows to which lesser and greater numbers are cut, such as `[1%, 99%]`");
  static final Key<Boolean> LOG1P =
      Key.optional("log1p", ScalarReader::flag)
          .takes("`true` or `false`")
          .byDefault(false, "`false`")
          .means("whether x becomes log(1 + x), and below 0 −log(1 − x)");
  static final Key<Integer> BUCKETISE =
      Key.optional("bucketise", value -> ScalarReader.wholeNumber(value, 2, MOST_BUCKETS))
          .takes("whole number, at least `2`")
          .without("numbers stay numbers")
          .means("so many buckets with about equally many training rows, each a column of 0 and 1");
  static final Key<Boolean> STANDARDISE =
      Key.optional("standardise", ScalarReader::flag)
          .takes("`true` or `false`")
          .without("`true`; of trees `false`")
          .means(
              "whether the mean is taken off, and what is left divided by the standard deviation");
  static final Key<Encoding.OneHot> ONE_HOT =
      Key.optional("one_hot", PrepareReader::oneHot)
          .takes("`true`, or `{min_count: 10}`")
          .without("text is, with `min_count: 10`")
          .means(
              "a column of 0 and 1 for each value that so many training rows have, and one for"
                  + " all others; numbers count as text then");
  static final Key<Boolean> ORDINAL =
      Key.optional("ordinal", ScalarReader::flag)
          .takes("`true` or `false`")
          .byDefault(false, "`false`")
          .means(
              "whether a text becomes its number among the training rows' texts in order; -1 for others");

  static final Section PREPARE =
      Section.of(
          "train.prepare.<input>",
          IMPUTE,
          INDICATOR,
          CLIP,
          LOG1P,
          BUCKETISE,
          STANDARDISE,
          ONE_HOT,
          ORDINAL);

  private static final Key<Integer> MIN_COUNT =
      Key.optional("min_count", value -> ScalarReader.wholeNumber(value, 1, MOST_COUNT))
          .byDefault(10, "`10`");
  private static final Section MIN_COUNTS = Section.of("train.prepare.<input>.one_hot", MIN_COUNT);

  private PrepareReader() {}

  static List<PrepareSpec> read(YamlValue value) {
    List<PrepareSpec> all = new ArrayList<>();
    Optional<YamlMapping> mapping =
        value.mapping("a mapping of inputs to steps such as `amount: {log1p: true}`");
    for (YamlMapping.Entry entry : mapping.map(YamlMapping::entries).orElse(List.of())) {
      entry.value().section(PREPARE).ifPresent(steps -> all.add(steps(entry.key(), steps)));
    }
    return all;
  }

  private static PrepareSpec steps(Located<String> inputs, YamlSection section) {
    Optional<Encoding.OneHot> oneHot = section.find(ONE_HOT);
    boolean ordinal = section.get(ORDINAL);
    PrepareSpec steps =
        new PrepareSpec(
            inputs,
            section.find(IMPUTE),
            section.find(INDICATOR),
            section.find(CLIP),
            section.get(LOG1P),
            section.find(BUCKETISE),
            section.find(STANDARDISE),
            ordinal ? Optional.of(new Encoding.Ordinal()) : oneHot.map(found -> found));
    if (steps.encoding().isPresent()) {
      refuse(section, List.of(IMPUTE, INDICATOR, CLIP, LOG1P, BUCKETISE, STANDARDISE));
    }
    if (ordinal && oneHot.isPresent()) {
      section.problem(
          inputs.at(), "`%s` has both `one_hot` and `ordinal`; keep one".formatted(inputs));
    }
    if (steps.bucketise().isPresent() && steps.standardise().orElse(false)) {
      section.problem(
          inputs.at(),
          "`%s` has both `bucketise` and `standardise`; buckets are 0 and 1, so keep one"
              .formatted(inputs));
    }
    return steps;
  }

  private static void refuse(YamlSection section, List<Key<?>> keys) {
    for (Key<?> key : keys) {
      section
          .value(key)
          .ifPresent(
              value ->
                  value.problem(
                      "`%s` is a step for numbers, and has no meaning beside `one_hot` or `ordinal`; leave it out"
                          .formatted(value.path())));
    }
  }

  private static Optional<Impute> impute(YamlValue value) {
    String expected = "`mean`, `median` or a number";
    Optional<String> text = value.text(expected).map(Located::value);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Impute> impute =
        switch (text.get()) {
          case "mean" -> Optional.of(new Impute.Mean());
          case "median" -> Optional.of(new Impute.Median());
          default -> ScalarReader.number(text.get()).map(Impute.Constant::new);
        };
    if (impute.isEmpty()) {
      value.mismatch(expected + Spelling.suggestion(text.get(), List.of("mean", "median")));
    }
    return impute;
  }

  private static Optional<Clip> clip(YamlValue value) {
    List<YamlValue> items = value.items();
    if (!value.isList() || items.size() != 2) {
      value.mismatch("two shares such as `[1%, 99%]`");
      return Optional.empty();
    }
    Optional<BigDecimal> low = ScalarReader.share(items.get(0));
    Optional<BigDecimal> high = ScalarReader.share(items.get(1));
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    if (low.get().compareTo(high.get()) >= 0) {
      value.problem(
          "`%s`: the first share has to be the lesser one; write for example `[1%%, 99%%]`"
              .formatted(value.path()));
      return Optional.empty();
    }
    return Optional.of(new Clip(low.get(), high.get()));
  }

  private static Optional<Encoding.OneHot> oneHot(YamlValue value) {
    if (value.is("true")) {
      return Optional.of(new Encoding.OneHot(MIN_COUNT.standard()));
    }
    if (!value.isMapping()) {
      value.mismatch("`true`, or `{min_count: 10}`");
      return Optional.empty();
    }
    return value.section(MIN_COUNTS).map(found -> new Encoding.OneHot(found.get(MIN_COUNT)));
  }
}
