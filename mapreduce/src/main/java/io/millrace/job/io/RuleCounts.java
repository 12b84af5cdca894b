package io.millrace.job.io;

import io.millrace.avro.Quarantined;
import io.millrace.row.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts encoded {@link Quarantined} records by their rule. Not thread-safe. */
final class RuleCounts {
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final ByteCursor cursor = new ByteCursor();

  /** Whether records of a schema are such. */
  static boolean areOf(String schemaName) {
    return schemaName.equals(Quarantined.getClassSchema().getFullName());
  }

  void add(byte[] source, int offset, int length) {
    cursor.reset(source, offset, length);
    cursor.advance(cursor.readLength()); // file
    cursor.readVarint(); // offset
    int bytes = cursor.readLength();
    int start = cursor.advance(bytes);
    counts.merge(new String(cursor.array(), start, bytes, StandardCharsets.UTF_8), 1L, Long::sum);
  }

  SortedMap<String, Long> counts() {
    return counts;
  }
}
