package io.millrace.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What decides a piece of a stage's content: pieces of the resolved spec, and columns of the
 * stage's inputs.
 *
 * @param parts the deciding pieces by their place in the spec, such as {@code
 *     rules.amount_in_range}
 * @param reads the columns read, by the stage that makes them; of raw input all is read
 */
public record Definition(
    SortedMap<String, String> parts, SortedMap<StageId, SortedSet<String>> reads) {
  /** Parts of this prefix are rules; what their names are decides no row. */
  static final String RULES = "rules.";

  /** The part that says in which order a record is repaired, derived and checked. */
  static final String ORDER = "clean (order of repair, derive and rules)";

  public Definition {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    SortedMap<StageId, SortedSet<String>> copy = new TreeMap<>();
    reads.forEach(
        (stage, columns) ->
            copy.put(stage, Collections.unmodifiableSortedSet(new TreeSet<>(columns))));
    reads = Collections.unmodifiableSortedMap(copy);
  }

  /** A definition that reads no column of another stage. */
  public static Definition of(Map<String, String> parts) {
    return new Definition(new TreeMap<>(parts), new TreeMap<>());
  }

  /** This definition, reading some columns of a stage as well. */
  public Definition reading(StageId stage, Collection<String> columns) {
    SortedMap<StageId, SortedSet<String>> more = new TreeMap<>(reads);
    SortedSet<String> all = new TreeSet<>(readOf(stage));
    all.addAll(columns);
    more.put(stage, all);
    return new Definition(parts, more);
  }

  /** This definition, with all that decides another too. */
  Definition and(Definition other) {
    SortedMap<String, String> moreParts = new TreeMap<>(parts);
    moreParts.putAll(other.parts);
    Definition both = new Definition(moreParts, reads);
    for (Map.Entry<StageId, SortedSet<String>> read : other.reads.entrySet()) {
      both = both.reading(read.getKey(), read.getValue());
    }
    return both;
  }

  /** The columns that are read of a stage. */
  public SortedSet<String> readOf(StageId stage) {
    return reads.getOrDefault(stage, Collections.emptySortedSet());
  }
}
