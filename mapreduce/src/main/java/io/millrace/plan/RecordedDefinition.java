package io.millrace.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The definition that a partition was made by, kept to tell later what has changed.
 *
 * @param version of the stage
 * @param rows the parts that decide the rows
 * @param columns the parts that decide the values, by column
 * @param external fingerprints of what lies outside the warehouse
 */
public record RecordedDefinition(
    int version,
    SortedMap<String, String> rows,
    SortedMap<String, SortedMap<String, String>> columns,
    SortedMap<String, String> external) {
  public RecordedDefinition {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    SortedMap<String, SortedMap<String, String>> copy = new TreeMap<>();
    columns.forEach(
        (column, parts) ->
            copy.put(column, Collections.unmodifiableSortedMap(new TreeMap<>(parts))));
    columns = Collections.unmodifiableSortedMap(copy);
    external = Collections.unmodifiableSortedMap(new TreeMap<>(external));
  }

  /** What decides the rows: of rules what they say, whatever their names. */
  SortedMap<String, String> decisiveRows() {
    SortedMap<String, String> decisive = new TreeMap<>();
    List<String> rules = new ArrayList<>();
    rows.forEach(
        (part, text) -> {
          if (part.startsWith(Definition.RULES)) {
            rules.add(text);
          } else {
            decisive.put(part, text);
          }
        });
    Collections.sort(rules);
    for (int number = 0; number < rules.size(); number++) {
      decisive.put(Definition.RULES + number, rules.get(number));
    }
    return decisive;
  }
}
