package io.millrace.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code features}. */
final class FeaturesReader {
  static final Key<List<Located<String>>> ENTITY =
      Key.required(
              "entity", "entity: card_id", value -> Optional.of(ColumnsReader.atLeastOne(value)))
          .takes("column or list of columns")
          .means("whose values name an entity; records where one is NULL are skipped");
  static final Key<List<Integer>> WINDOWS =
      Key.required("windows", "windows: [1d, 7d]", value -> Optional.of(windows(value)))
          .takes("list of days, at least `1d`")
          .means("how far back each feature looks; each aggregate is computed for each window");
  static final Key<Integer> DELAY =
      Key.optional("delay", value -> ScalarReader.days(value, 0))
          .takes("days")
          .byDefault(0, "`0d`")
          .means("windows end so many days earlier, for what is known late, such as labels");
  static final Key<Located<String>> WHERE =
      Key.optional("where", ExpressionsReader::sql)
          .takes("SQL")
          .without("all records")
          .means("only records for which this is TRUE count");
  static final Key<List<NamedExpression>> AGGREGATES =
      Key.required(
              "aggregates",
              "aggregates: {txn_count: COUNT(*)}",
              value -> Optional.of(aggregates(value)))
          .takes("mapping of names to SQL")
          .means("what is computed; every column stands inside an aggregate function");
  static final Key<List<NamedExpression>> DERIVE =
      Key.optional(
              "derive",
              value ->
                  Optional.of(
                      ExpressionsReader.read(value, "trend: amount_mean_1d / amount_mean_30d")))
          .takes("mapping of new names to SQL")
          .byDefault(List.of(), "none")
          .means("columns computed from the features of all windows, such as ratios between them");

  static final Section GROUP =
      Section.of("features.<group>", ENTITY, WINDOWS, DELAY, WHERE, AGGREGATES, DERIVE);

  /** Groups share folders of the warehouse with these. */
  private static final Set<String> TAKEN = Set.of("clean", "score");

  private FeaturesReader() {}

  static List<FeatureGroupSpec> read(YamlValue value) {
    List<FeatureGroupSpec> groups = new ArrayList<>();
    Optional<YamlMapping> mapping =
        value.mapping("a mapping of group names to mappings with the keys " + keys());
    for (YamlMapping.Entry entry : mapping.map(YamlMapping::entries).orElse(List.of())) {
      Located<String> name = entry.key();
      ExpressionsReader.checkName(mapping.get(), name);
      if (TAKEN.contains(name.value())) {
        mapping
            .get()
            .problem(
                name.at(),
                "`" + name.value() + "` is the name of a step; give the group another name");
      }
      entry.value().section(GROUP).ifPresent(group -> groups.add(group(name, group)));
    }
    return groups;
  }

  private static String keys() {
    return String.join(", ", GROUP.names());
  }

  private static FeatureGroupSpec group(Located<String> name, YamlSection group) {
    return new FeatureGroupSpec(
        name,
        group.find(ENTITY).orElse(List.of()),
        group.find(WINDOWS).orElse(List.of()),
        group.get(DELAY),
        group.find(WHERE),
        group.find(AGGREGATES).orElse(List.of()),
        group.get(DERIVE));
  }

  private static List<Integer> windows(YamlValue value) {
    Set<Integer> windows = new TreeSet<>();
    for (YamlValue item : value.items()) {
      Optional<Integer> days = ScalarReader.days(item, 1);
      if (days.isPresent() && !windows.add(days.get())) {
        item.problem(
            "the window `" + days.get() + "d` stands twice in `" + value.path() + "`; keep one");
      }
    }
    if (value.items().isEmpty()) {
      value.problem(
          "`" + value.path() + "` is an empty list; name at least one window such as `7d`");
    }
    return List.copyOf(windows);
  }

  private static List<NamedExpression> aggregates(YamlValue value) {
    String example = "txn_count: COUNT(*)";
    if (value.keys().isEmpty() && (value.isEmpty() || value.isMapping())) {
      value.problem(
          "`" + value.path() + "` is empty; add at least one aggregate such as `" + example + "`");
      return List.of();
    }
    return ExpressionsReader.read(value, example);
  }
}
