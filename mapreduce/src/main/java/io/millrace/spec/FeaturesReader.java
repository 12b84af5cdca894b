package io.millrace.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code features}. */
final class FeaturesReader {
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
      entry.value().section(Section.GROUP).ifPresent(group -> groups.add(group(name, group)));
    }
    return groups;
  }

  private static String keys() {
    return String.join(", ", Section.GROUP.names());
  }

  private static FeatureGroupSpec group(Located<String> name, YamlSection group) {
    return new FeatureGroupSpec(
        name,
        group.value("entity").map(ColumnsReader::atLeastOne).orElse(List.of()),
        group.value("windows").map(FeaturesReader::windows).orElse(List.of()),
        group.value("delay").flatMap(value -> ScalarReader.days(value, 0)).orElse(0),
        group.value("where").flatMap(ExpressionsReader::sql),
        group.value("aggregates").map(FeaturesReader::aggregates).orElse(List.of()));
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
