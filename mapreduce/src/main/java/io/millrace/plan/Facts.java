package io.millrace.plan;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What the warehouse and the input folders hold. Asked only for what a plan needs, and for nothing
 * twice.
 */
public interface Facts {
  /** The manifest of a data set's partition, where the partition stands. */
  Optional<Manifest> manifest(String dataSet, LocalDate date);

  /** The raw input of a date. */
  RawDay raw(LocalDate date);
}
