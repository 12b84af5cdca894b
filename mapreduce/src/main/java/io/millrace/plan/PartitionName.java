package io.millrace.plan;

import java.time.LocalDate;
import java.util.Comparator;

/** Names a partition of a data set; printed {@code partials/card/dt=2026-11-01}. */
public record PartitionName(String dataSet, LocalDate date) implements Comparable<PartitionName> {
  private static final Comparator<PartitionName> ORDER =
      Comparator.comparing(PartitionName::dataSet).thenComparing(PartitionName::date);

  @Override
  public int compareTo(PartitionName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s/dt=%s".formatted(dataSet, date);
  }
}
