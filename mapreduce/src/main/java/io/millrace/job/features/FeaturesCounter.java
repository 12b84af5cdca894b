package io.millrace.job.features;

/** What a features job counts. */
public enum FeaturesCounter {
  PARTIALS_READ("features_partials_read_total"),
  /** Partials whose event day lies in no window. */
  PARTIALS_OUTSIDE("features_partials_outside_total"),
  ROWS_WRITTEN("features_rows_written_total"),
  /** Values that could not be computed and are NULL. */
  ERRORS("features_errors_total");

  /** The group of these counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  FeaturesCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The stable name under which Hadoop counts it. */
  public String counterName() {
    return counterName;
  }
}
