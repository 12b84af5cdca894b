package io.millrace.schedule.oozie;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The properties of a job that hold the values of a spec's placeholders. A name that an expression
 * could not take, or that means something else there, gets another: {@code landing-dir} is {@code
 * landing_dir}.
 */
final class PropertyNames {
  /** Says, of each application, where its results go. */
  static final String WAREHOUSE = "warehouse";

  /** Our own properties, and what expressions know by these names. */
  private static final Set<String> TAKEN =
      Set.of(
          "nameNode resourceManager app start trainingStart end concurrency mailTo queue date input"
              .concat(" YEAR MONTH DAY HOUR MINUTE MINUTES HOURS DAYS MONTHS KB MB GB TB PB")
              .concat(" and or not eq ne lt gt le ge true false null empty div mod instanceof")
              .concat(" RECORDS MAP_IN MAP_OUT REDUCE_IN REDUCE_OUT GROUPS")
              .split(" ", -1));

  private PropertyNames() {}

  /**
   * For each placeholder the property, another for each.
   *
   * @param warehouse of the spec, as it is written
   */
  static SortedMap<String, String> of(Collection<String> placeholders, String warehouse) {
    SortedMap<String, String> properties = new TreeMap<>();
    Set<String> used = new HashSet<>(TAKEN);
    if (!warehouse.equals(Expressions.property(WAREHOUSE))) {
      used.add(WAREHOUSE);
    }
    // what can keep its name does so
    new TreeSet<>(placeholders)
        .stream()
            .sorted(Comparator.comparing(placeholder -> !placeholder.equals(plain(placeholder))))
            .forEach(placeholder -> properties.put(placeholder, free(plain(placeholder), used)));
    return Collections.unmodifiableSortedMap(properties);
  }

  private static String plain(String placeholder) {
    return placeholder.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private static String free(String wanted, Set<String> used) {
    String property = wanted;
    while (!used.add(property)) {
      property += "_";
    }
    return property;
  }
}
