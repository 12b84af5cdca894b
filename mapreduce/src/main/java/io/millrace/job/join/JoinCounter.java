package io.millrace.job.join;

/** What a join counts. Rows read = written. */
public enum JoinCounter {
  ROWS_READ("join_rows_read_total"),
  ROWS_WRITTEN("join_rows_written_total"),
  /** Entities of rows whose features were found, each row counted for itself. */
  FEATURES_FOUND("join_features_found_total");

  /** The group of the counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  JoinCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The name under which people and monitoring find it. */
  public String counterName() {
    return counterName;
  }
}
