package io.millrace.spec;

import io.millrace.spec.TrainSpec.Label;
import java.util.List;
import java.util.Optional;

/** Reads {@code train.label}. */
final class LabelReader {
  static final Key<Located<String>> OF =
      Key.optional("of", ExpressionsReader::sql)
          .takes("SQL over the columns of clean records")
          .without("rows are entities: `any` is said")
          .means(
              "rows are events, and this is what they are labelled with: a condition, a text that"
                  + " names a class, or a number; events where it is NULL are left out");
  static final Key<Integer> KNOWN_AFTER =
      Key.optional("known_after", value -> ScalarReader.days(value, 0))
          .takes("days")
          .byDefault(0, "`0d`")
          .means("with `of`: so many days after an event landed its label is as it stays");
  static final Key<Located<String>> ANY =
      Key.optional("any", ExpressionsReader::sql)
          .takes("condition over the columns of clean records")
          .without("rows are events: `of` is said")
          .means(
              "rows are entities with the features of a snapshot date, and labelled with whether"
                  + " this is TRUE of any of their events in the days after it");
  static final Key<Integer> WITHIN =
      Key.optional("within", value -> ScalarReader.days(value, 1))
          .takes("days, at least `1d`")
          .without("*required* with `any`")
          .means("how many days after the snapshot date count, by the events' days");
  static final Key<Located<String>> GROUP =
      Key.optional("group", value -> value.text("the name of a feature group"))
          .takes("name of a feature group")
          .without("the only one")
          .means("with `any`: whose entities are the rows");

  static final Section LABEL = Section.of("train.label", OF, KNOWN_AFTER, ANY, WITHIN, GROUP);

  private LabelReader() {}

  /**
   * Reads the section, or the SQL of an event's label alone.
   *
   * @param groups the names of the feature groups
   */
  static Optional<Label> read(YamlValue value, List<String> groups) {
    if (!value.isMapping() && !value.isList() && !value.isEmpty()) {
      return ExpressionsReader.sql(value)
          .map(sql -> new Label.OfEvents(sql, KNOWN_AFTER.standard()));
    }
    return value.section(LABEL).flatMap(label -> read(label, groups));
  }

  private static Optional<Label> read(YamlSection label, List<String> groups) {
    boolean events = label.value(OF).isPresent();
    boolean entities = label.value(ANY).isPresent();
    if (events == entities) {
      label.problem(
          label.at(),
          events
              ? "`train.label` has both `of` and `any`; keep `of` where rows are events, `any` where they are entities"
              : "`train.label` says nothing of the label; add for example `of: is_fraud`, where rows are events, or `any: quantity > 0` and `within: 30d`, where they are entities");
      return Optional.empty();
    }
    if (events) {
      refuse(label, List.of(WITHIN, GROUP), "any");
      int knownAfter = label.get(KNOWN_AFTER);
      return label.find(OF).map(sql -> new Label.OfEvents(sql, knownAfter));
    }
    refuse(label, List.of(KNOWN_AFTER), "of");
    if (label.value(WITHIN).isEmpty()) {
      label.problem(
          label.at(),
          "`train.label` lacks the key `within`, needed by `any`; add for example `within: 30d`");
    }
    Optional<Located<String>> group = label.find(GROUP);
    checkGroup(label, group, groups);
    Optional<Located<String>> condition = label.find(ANY);
    Optional<Integer> within = label.find(WITHIN);
    return condition.flatMap(sql -> within.map(days -> new Label.AnyEvent(sql, days, group)));
  }

  private static void refuse(YamlSection label, List<Key<?>> keys, String other) {
    for (Key<?> key : keys) {
      label
          .value(key)
          .ifPresent(
              value ->
                  value.problem(
                      "`%s` has a meaning with `%s` only; leave it out"
                          .formatted(value.path(), other)));
    }
  }

  private static void checkGroup(
      YamlSection label, Optional<Located<String>> group, List<String> groups) {
    if (groups.isEmpty()) {
      label.problem(
          label.at(),
          "`train.label.any` is about the entities of a feature group, and there is none; add one under `features`");
    } else if (label.value(GROUP).isEmpty() && groups.size() > 1) {
      label.problem(
          label.at(),
          "`train.label` lacks the key `group`, and there are several; add `group:` with one of "
              + String.join(", ", groups));
    } else if (group.isPresent() && !groups.contains(group.get().value())) {
      String found = group.get().value();
      label.problem(
          group.get().at(),
          "`train.label.group` is `%s`; expected one of the feature groups %s%s"
              .formatted(found, String.join(", ", groups), Spelling.suggestion(found, groups)));
    }
  }
}
