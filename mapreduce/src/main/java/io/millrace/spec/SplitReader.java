package io.millrace.spec;

import io.millrace.spec.TrainSpec.Extent;
import io.millrace.spec.TrainSpec.Split;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads {@code train.split}. */
final class SplitReader {
  private static final BigDecimal STANDARD_TEST = new BigDecimal("0.2");
  private static final BigDecimal STANDARD_VALIDATION = new BigDecimal("0.1");

  /** What decides. */
  enum By {
    TIME,
    HASH
  }

  static final Key<By> BY =
      Key.optional("by", value -> ScalarReader.constant(value, By.class))
          .takes(ScalarReader.words(By.class))
          .byDefault(By.TIME, "`time`")
          .means(
              "by the snapshot dates, the newest last; or by a hash of the row's key, for data"
                  + " without time");
  static final Key<Located<Extent>> VALIDATION =
      Key.optional("validation", SplitReader::validation)
          .takes("days, share, or `{hash: 10%}`")
          .without("`10%` for `kind: trees`, else `0%`")
          .means(
              "the rows by which trees know when to stop: of the dates before those of the test; or"
                  + " with `hash` a share of the rows that would be learnt from");
  static final Key<Located<Extent>> TEST =
      Key.optional("test", SplitReader::extent)
          .takes("days, or share")
          .without("`20%` of the dates or rows")
          .means("the rows that measure the model");
  static final Key<Integer> GAP =
      Key.optional("gap", value -> ScalarReader.days(value, 0))
          .takes("days")
          .without("until the labels of the earlier part are known when the later one begins")
          .means("dates that are left out between two parts");

  static final Section SPLIT = Section.of("train.split", BY, VALIDATION, TEST, GAP);

  private static final Key<BigDecimal> HASH =
      Key.required("hash", "hash: 10%", ScalarReader::share);
  private static final Section ROWS = Section.of("train.split.validation", HASH);

  private SplitReader() {}

  /**
   * The split where nothing is said.
   *
   * @param trees whether trees are grown, which need validation rows
   * @param at where it would stand
   */
  static Split standard(boolean trees, Location at) {
    return new Split.ByTime(
        share(validation(trees), at), share(STANDARD_TEST, at), Optional.empty());
  }

  private static BigDecimal validation(boolean trees) {
    return trees ? STANDARD_VALIDATION : BigDecimal.ZERO;
  }

  private static Located<Extent> share(BigDecimal share, Location at) {
    return new Located<>(new Extent.Share(share), at);
  }

  static Optional<Split> read(YamlValue value, boolean trees) {
    return value.section(SPLIT).flatMap(split -> read(split, trees));
  }

  private static Optional<Split> read(YamlSection split, boolean trees) {
    Located<Extent> validation =
        split.find(VALIDATION).orElse(share(validation(trees), split.at()));
    Located<Extent> test = split.find(TEST).orElse(share(STANDARD_TEST, split.at()));
    Optional<Integer> gap = split.find(GAP);
    boolean shares =
        validation.value() instanceof Extent.Share && test.value() instanceof Extent.Share;
    if (shares && sum(validation, test).compareTo(BigDecimal.ONE) >= 0) {
      split.problem(
          test.at(),
          "`train.split` leaves no rows to learn from: validation and test are all; write smaller shares");
      return Optional.empty();
    }
    if (split.get(BY) == By.TIME) {
      return Optional.of(new Split.ByTime(validation, test, gap));
    }
    split
        .value(GAP)
        .ifPresent(
            value ->
                value.problem("`train.split.gap` has no meaning with `by: hash`; leave it out"));
    if (!shares) {
      split.problem(
          validation.value() instanceof Extent.Share ? test.at() : validation.at(),
          "with `by: hash` parts are shares; write for example `20%`");
      return Optional.empty();
    }
    return Optional.of(
        new Split.ByHash(
            ((Extent.Share) validation.value()).share(), ((Extent.Share) test.value()).share()));
  }

  private static BigDecimal sum(Located<Extent> one, Located<Extent> other) {
    return ((Extent.Share) one.value()).share().add(((Extent.Share) other.value()).share());
  }

  private static Optional<Located<Extent>> validation(YamlValue value) {
    return value.isMapping()
        ? value
            .section(ROWS)
            .flatMap(rows -> rows.find(HASH))
            .map(share -> new Located<>(new Extent.ShareOfRows(share), value.at()))
        : extent(value);
  }

  private static Optional<Located<Extent>> extent(YamlValue value) {
    Optional<String> text =
        value.text("days such as `14d`, or a share such as `20%`").map(found -> found.value());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean isDays = text.get().strip().endsWith("d");
    Optional<Extent> extent =
        isDays
            ? ScalarReader.days(value, 0).map(Extent.Days::new)
            : ScalarReader.share(value).map(Extent.Share::new);
    return extent.map(found -> new Located<>(found, value.at()));
  }
}
