package io.millrace.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.mapreduce.Counters;

/** A job's own counters, and what some of them mean. */
final class JobCounts {
  private static final String GROUP = "millrace";

  private JobCounts() {}

  static SortedMap<String, Long> of(Counters counters, List<String> names) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String name : names) {
      counts.put(name, counters.findCounter(GROUP, name).getValue());
    }
    return counts;
  }

  /** A note for each counter that is not 0: the number, then its text. */
  static List<String> notes(SortedMap<String, Long> counts, Map<String, String> texts) {
    List<String> notes = new ArrayList<>();
    counts.forEach(
        (name, count) -> {
          if (count > 0 && texts.containsKey(name)) {
            notes.add(count + " " + texts.get(name));
          }
        });
    return notes;
  }
}
