package io.millrace.job.score;

/** What a score job counts. Read = scored + quarantined. */
public enum ScoreCounter {
  ROWS_READ("score_rows_read_total"),
  ROWS_SCORED("score_rows_scored_total"),
  ROWS_QUARANTINED("score_rows_quarantined_total");

  /** The group of the counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  ScoreCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The name under which people and monitoring find it. */
  public String counterName() {
    return counterName;
  }
}
