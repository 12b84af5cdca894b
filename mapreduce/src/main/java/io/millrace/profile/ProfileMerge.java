package io.millrace.profile;

import io.millrace.avro.ColumnProfile;
import io.millrace.row.ByteCursor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges stored profiles, such as those of several dates. A column whose type has changed in
 * between has a profile for each. Not thread-safe.
 */
public final class ProfileMerge {
  private final Map<Column, ColumnSummary> columns = new LinkedHashMap<>();

  private record Column(String name, String type) {}

  /** Adds the stored profile of one column: the fields of these names of {@link ColumnProfile}. */
  public void add(String column, String type, ByteBuffer state) {
    byte[] bytes = new byte[state.remaining()];
    state.duplicate().get(bytes);
    columns
        .computeIfAbsent(
            new Column(column, type), key -> new ColumnSummary(column, TypeText.parse(type), 0))
        .merge(new ByteCursor().reset(bytes, 0, bytes.length));
  }

  /** The profiles of all, in the order in which the columns came. */
  public List<ColumnProfile> records() {
    return columns.values().stream().map(ColumnSummary::record).toList();
  }
}
