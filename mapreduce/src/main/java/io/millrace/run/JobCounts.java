package io.millrace.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.JobCounter;

/** A job's own counters and where its maps ran, and what some of them mean. */
final class JobCounts {
  /** The group of all counters of Millrace's own. */
  static final String GROUP = "millrace";

  private JobCounts() {}

  static SortedMap<String, Long> of(Counters counters, List<String> names) {
    SortedMap<String, Long> counts = named(counters, names);
    counts.putAll(places(counters).toCounts());
    return counts;
  }

  /** Some of a job's own counters. */
  static SortedMap<String, Long> named(Counters counters, List<String> names) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String name : names) {
      counts.put(name, counters.findCounter(GROUP, name).getValue());
    }
    return counts;
  }

  /** Where the maps of a job ran; all are 0 where it ran in the process that submitted it. */
  private static MapPlaces places(Counters counters) {
    long inMaster = value(counters, JobCounter.NUM_UBER_SUBMAPS);
    long dataLocal = value(counters, JobCounter.DATA_LOCAL_MAPS);
    long rackLocal = value(counters, JobCounter.RACK_LOCAL_MAPS);
    long launched = value(counters, JobCounter.TOTAL_LAUNCHED_MAPS);
    long other = inMaster > 0 ? 0 : Math.max(0, launched - dataLocal - rackLocal);
    return new MapPlaces(dataLocal, rackLocal, other, inMaster);
  }

  private static long value(Counters counters, JobCounter counter) {
    return counters.findCounter(counter).getValue();
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
