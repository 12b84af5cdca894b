package io.millrace.landing;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies where the input of a date is looked for, at one moment.
 *
 * @param files all of them by their path, also those that are not read as input
 * @param inputFiles how many of them are read as input
 * @param newest when a file or a folder of it last changed, by the clock of its file system
 * @param flagged whether the done-flag is there
 */
public record Sight(
    SortedMap<String, Trace> files, int inputFiles, Instant newest, boolean flagged) {
  public Sight {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Nothing is there. */
  public static Sight nothing() {
    return new Sight(Collections.emptySortedMap(), 0, Instant.EPOCH, false);
  }

  /** What tells that a file has changed. */
  public record Trace(long length, Instant modified) {}
}
