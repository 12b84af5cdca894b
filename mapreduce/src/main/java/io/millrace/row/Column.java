package io.millrace.row;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named column.
 *
 * @param aliases other names under which a source may bring it (Avro aliases)
 * @param doc what it means, or null
 * @param defaultValue the Avro default as Avro's own object ({@code JsonProperties.NULL_VALUE} for
 *     null), or null where the schema gives none
 */
public record Column(
    String name,
    ColumnType type,
    Set<String> aliases,
    @Nullable String doc,
    @Nullable Object defaultValue) {
  public Column(String name, ColumnType type) {
    this(name, type, Set.of(), null, null);
  }
}
