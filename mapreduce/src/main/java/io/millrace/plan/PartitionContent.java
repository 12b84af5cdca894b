package io.millrace.plan;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a stage has made of one data set and is about to publish.
 *
 * @param files in the order of reading
 * @param schemaFingerprint CRC-64-AVRO of the schema's parsing canonical form, 16 hexadecimal
 *     digits
 * @param buckets number of buckets, or null where entities are not bucketed
 * @param ignoredColumns columns of raw files that were not read; null where none are read at all
 */
public record PartitionContent(
    String dataSet,
    List<DataFile> files,
    String schemaFingerprint,
    @Nullable Integer buckets,
    SortedMap<String, Long> counts,
    List<String> notes,
    @Nullable List<String> ignoredColumns) {
  public PartitionContent {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
    ignoredColumns = ignoredColumns == null ? null : List.copyOf(ignoredColumns);
  }
}
