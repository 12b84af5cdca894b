package io.millrace.spec;

import io.millrace.spec.CleanSpec.Deduplicate;
import io.millrace.spec.CleanSpec.Keep;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads {@code clean}. */
final class CleanReader {
  static final Key<List<NamedExpression>> REPAIR =
      expressions("repair", "channel: LOWER(TRIM(channel))")
          .takes("mapping of columns to SQL")
          .means("new values of columns of the schema; the type stays");
  static final Key<List<NamedExpression>> DERIVE =
      expressions("derive", "hour: EXTRACT(HOUR FROM ts)")
          .takes("mapping of new names to SQL")
          .means("columns that are added");
  static final Key<List<NamedExpression>> RULES =
      expressions("rules", "amount_in_range: amount BETWEEN 0 AND 100000")
          .takes("mapping of names to SQL")
          .means(
              "each must be TRUE; a record for which one is FALSE or NULL is quarantined under the"
                  + " rule's name");
  static final Key<Deduplicate> DEDUPLICATE_BY =
      Key.optional("deduplicate", CleanReader::deduplicate)
          .takes("`none`, `exact` or a [mapping](#cleandeduplicate)")
          .byDefault(new Deduplicate.None(), "`none`")
          .means("of records that are equal in all columns (`exact`), or in some, one is kept");
  static final Key<BigDecimal> FAIL_ABOVE =
      Key.optional("fail_above", ScalarReader::share)
          .takes("share")
          .byDefault(BigDecimal.ONE, "`100%`")
          .means(
              "if more than this share of a date's records is quarantined, nothing is published");

  static final Section CLEAN =
      Section.of("clean", REPAIR, DERIVE, RULES, DEDUPLICATE_BY, FAIL_ABOVE);

  static final Key<List<Located<String>>> BY =
      Key.required("by", "by: [txn_id]", value -> Optional.of(ColumnsReader.atLeastOne(value)))
          .takes("column or list of columns")
          .means("records that are equal in these are one");
  static final Key<Keep> KEEP =
      Key.required("keep", "keep: latest", CleanReader::keep)
          .takes(ScalarReader.words(Keep.class))
          .means("which of a date's records is kept, by `source.event_time`");
  static final Key<Integer> ACROSS =
      Key.optional("across", value -> ScalarReader.days(value, 0))
          .takes("days")
          .byDefault(0, "`0d`")
          .means(
              "on how many landing dates before its own a record that was kept makes it a"
                  + " duplicate; with `0d` each date stands for itself");

  static final Section DEDUPLICATE = Section.of("clean.deduplicate", BY, KEEP, ACROSS);

  private CleanReader() {}

  static CleanSpec nothingToDo() {
    return new CleanSpec(
        REPAIR.standard(),
        DERIVE.standard(),
        RULES.standard(),
        DEDUPLICATE_BY.standard(),
        FAIL_ABOVE.standard());
  }

  static Optional<CleanSpec> read(YamlValue value) {
    return value.section(CLEAN).map(CleanReader::read);
  }

  private static CleanSpec read(YamlSection clean) {
    return new CleanSpec(
        clean.get(REPAIR),
        clean.get(DERIVE),
        clean.get(RULES),
        clean.get(DEDUPLICATE_BY),
        clean.get(FAIL_ABOVE));
  }

  private static Key<List<NamedExpression>> expressions(String name, String example) {
    return Key.optional(name, value -> Optional.of(ExpressionsReader.read(value, example)))
        .byDefault(List.of(), "none");
  }

  private static Optional<Deduplicate> deduplicate(YamlValue value) {
    String expected = "`none`, `exact` or `{by: [txn_id], keep: latest}`";
    if (value.isMapping()) {
      return value.section(DEDUPLICATE).map(CleanReader::byKey);
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
        deduplicate.find(BY).orElse(List.of()),
        deduplicate.find(KEEP).orElse(Keep.LATEST),
        deduplicate.get(ACROSS));
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
