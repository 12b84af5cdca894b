package io.millrace.job.features;

import io.millrace.plan.DataFile;
import java.time.LocalDate;
import java.util.List;

/**
 * The published partials of one date.
 *
 * @param folder the partition's folder, with its file system
 * @param files in the order of their buckets; as many as there are buckets
 */
public record PartialPartition(LocalDate date, String folder, List<DataFile> files) {
  public PartialPartition {
    files = List.copyOf(files);
    if (Integer.bitCount(files.size()) != 1) {
      throw new IllegalArgumentException(
          "Cannot merge partials of %s in %s: %d files are no power of two"
              .formatted(date, folder, files.size()));
    }
  }
}
