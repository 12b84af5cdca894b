package io.millrace.spec;

import io.millrace.spec.CleanSpec.Deduplicate;
import io.millrace.spec.CleanSpec.Keep;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads {@code clean}. */
final class CleanReader {
  private CleanReader() {}

  static CleanSpec nothingToDo() {
    return new CleanSpec(List.of(), List.of(), List.of(), new Deduplicate.None(), BigDecimal.ONE);
  }

  static Optional<CleanSpec> read(YamlValue value) {
    return value.section(Section.CLEAN).map(CleanReader::read);
  }

  private static CleanSpec read(YamlSection clean) {
    return new CleanSpec(
        expressions(clean, "repair", "channel: LOWER(TRIM(channel))"),
        expressions(clean, "derive", "hour: EXTRACT(HOUR FROM ts)"),
        expressions(clean, "rules", "amount_in_range: amount BETWEEN 0 AND 100000"),
        clean.value("deduplicate").flatMap(CleanReader::deduplicate).orElse(new Deduplicate.None()),
        clean.value("fail_above").flatMap(ScalarReader::share).orElse(BigDecimal.ONE));
  }

  private static List<NamedExpression> expressions(YamlSection clean, String key, String example) {
    return clean.value(key).map(value -> ExpressionsReader.read(value, example)).orElse(List.of());
  }

  private static Optional<Deduplicate> deduplicate(YamlValue value) {
    String expected = "`none`, `exact` or `{by: [txn_id], keep: latest}`";
    if (value.isMapping()) {
      return value.section(Section.DEDUPLICATE).map(CleanReader::byKey);
    }
    Optional<String> word = value.text(expected).map(Located::value);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<Deduplicate> deduplicate =
        switch (word.get()) {
          case "none" -> Optional.of(new Deduplicate.None());
          case "exact" -> Optional.of(new Deduplicate.Exact());
          default -> Optional.empty();
        };
    if (deduplicate.isEmpty()) {
      value.mismatch(expected);
    }
    return deduplicate;
  }

  private static Deduplicate byKey(YamlSection deduplicate) {
    return new Deduplicate.ByKey(
        deduplicate.value("by").map(ColumnsReader::atLeastOne).orElse(List.of()),
        deduplicate.value("keep").flatMap(CleanReader::keep).orElse(Keep.LATEST),
        deduplicate.value("across").flatMap(value -> ScalarReader.days(value, 0)).orElse(0));
  }

  private static Optional<Keep> keep(YamlValue value) {
    Optional<Keep> meant =
        value.is("first")
            ? Optional.of(Keep.EARLIEST)
            : value.is("last") ? Optional.of(Keep.LATEST) : Optional.empty();
    if (meant.isEmpty()) {
      return ScalarReader.constant(value, Keep.class);
    }
    value.problem(
        "`%s` is %s; the order of the input does not count, so choose by event time: write `%s`"
            .formatted(value.path(), value.shown(), ScalarReader.word(meant.get())));
    return Optional.empty();
  }
}
