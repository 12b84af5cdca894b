package io.millrace.spec;

import io.millrace.spec.TrainSpec.Snapshots;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code train.snapshots}. */
final class SnapshotsReader {
  private static final String MONTHLY_WORD = "monthly";
  private static final String ALL_WORD = "all";
  private static final int MOST_MONTHS = 1200;
  private static final String EXPECTED =
      "`{history: 90d}`, `monthly`, `{monthly: 6}`, or a list of dates such as `[2026-01-01, 2026-02-01]`";

  static final Key<Snapshots> HISTORY =
      Key.optional("history", SnapshotsReader::history)
          .takes("days, at least `1d`, or `all`")
          .without("one of the three is said")
          .means("each of the newest so many dates; `all`: from `source.from` on");
  static final Key<Snapshots> MONTHLY =
      Key.optional(
              MONTHLY_WORD,
              value ->
                  ScalarReader.wholeNumber(value, 1, MOST_MONTHS)
                      .<Snapshots>map(months -> new Snapshots.Months(Optional.of(months))))
          .takes("whole number, at least `1`")
          .without("one of the three is said")
          .means("the first days of so many months, the newest; `snapshots: monthly`: of all");
  static final Key<Snapshots> DATES =
      Key.optional("dates", SnapshotsReader::dates)
          .takes("list of dates")
          .without("one of the three is said")
          .means("these; `snapshots: [2026-01-01, 2026-02-01]` says the same");

  static final Section SNAPSHOTS = Section.of("train.snapshots", HISTORY, MONTHLY, DATES);

  private SnapshotsReader() {}

  static Optional<Snapshots> read(YamlValue value) {
    if (value.isList()) {
      return dates(value);
    }
    if (value.is(MONTHLY_WORD)) {
      return Optional.of(new Snapshots.Months(Optional.empty()));
    }
    if (!value.isMapping()) {
      value.mismatch(EXPECTED);
      return Optional.empty();
    }
    return value.section(SNAPSHOTS).flatMap(section -> read(value, section));
  }

  private static Optional<Snapshots> read(YamlValue value, YamlSection section) {
    List<Key<Snapshots>> said =
        List.of(HISTORY, MONTHLY, DATES).stream()
            .filter(key -> section.value(key).isPresent())
            .toList();
    if (said.size() == 1) {
      return section.find(said.get(0));
    }
    if (said.isEmpty() && value.keys().isEmpty()) {
      value.mismatch(EXPECTED);
    } else if (said.size() > 1) {
      value.problem(
          "`train.snapshots` has %s; keep one of them"
              .formatted(
                  String.join(" and ", said.stream().map(key -> "`" + key.name() + "`").toList())));
    }
    return Optional.empty();
  }

  private static Optional<Snapshots> history(YamlValue value) {
    return value.is(ALL_WORD)
        ? Optional.of(new Snapshots.All())
        : ScalarReader.days(value, 1).map(Snapshots.Days::new);
  }

  private static Optional<Snapshots> dates(YamlValue value) {
    Set<LocalDate> dates = new TreeSet<>();
    for (YamlValue item : value.items()) {
      Optional<LocalDate> date = ScalarReader.date(item);
      if (date.isPresent() && !dates.add(date.get())) {
        item.problem(
            "the date `%s` stands twice in `%s`; keep one".formatted(date.get(), value.path()));
      }
    }
    if (value.isList() && value.items().isEmpty()) {
      value.problem("`%s` is an empty list; name at least one date".formatted(value.path()));
    }
    return dates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Snapshots.Dates(List.copyOf(dates)));
  }
}
