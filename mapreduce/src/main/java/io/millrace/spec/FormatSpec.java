package io.millrace.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the bytes of the input are laid out. Further formats become further records here. */
public sealed interface FormatSpec {
  /** Whether each file begins with a line that names its columns. */
  boolean header();

  /**
   * Comma-separated values (RFC 4180), one record a line.
   *
   * @param header whether each file starts with the names of its columns; else the schema's order
   *     counts
   * @param separator a single byte
   * @param quote a single byte
   * @param nulls texts that mean NULL
   * @param timestamps patterns of {@code java.time.format.DateTimeFormatter}, or {@code
   *     epoch_seconds} or {@code epoch_millis}, tried in this order; none: ISO 8601
   * @param columns column of the schema to its name in the header, where they differ
   */
  record Csv(
      boolean header,
      char separator,
      char quote,
      List<String> nulls,
      List<Located<String>> timestamps,
      Map<String, Located<String>> columns)
      implements FormatSpec {
    public Csv {
      nulls = List.copyOf(nulls);
      timestamps = List.copyOf(timestamps);
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }
}
