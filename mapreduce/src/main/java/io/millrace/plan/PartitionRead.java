package io.millrace.plan;

import java.time.LocalDate;

/**
 * A partition that another was made from.
 *
 * @param fingerprint of the columns that were read ({@link Fingerprints#asRead})
 * @param run that had published it
 */
public record PartitionRead(String dataSet, LocalDate date, String fingerprint, String run) {}
