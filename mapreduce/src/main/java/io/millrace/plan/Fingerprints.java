package io.millrace.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fingerprints of a partition: hashes of all that decides its content. Those who read a few
 * columns see a hash of these few only, so that a change elsewhere does not touch them.
 *
 * @param rows of which rows there are
 * @param columns of the values of each column
 */
public record Fingerprints(String rows, SortedMap<String, String> columns) {
  /** No digest looks like it. */
  private static final String NO_SUCH_COLUMN = "";

  public Fingerprints {
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
  }

  /**
   * How a reader of some columns sees the partition. A column that the partition does not have (it
   * was added later) reads as its default, and counts as such.
   */
  public String asRead(SortedSet<String> read) {
    FingerprintBuilder builder = new FingerprintBuilder("read").text(rows).number(read.size());
    for (String column : read) {
      builder.text(column).text(columns.getOrDefault(column, NO_SUCH_COLUMN));
    }
    return builder.build();
  }

  /** How a reader of everything sees the partition. */
  public String full() {
    return asRead(new TreeSet<>(columns.keySet()));
  }
}
