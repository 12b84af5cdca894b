package io.millrace.job.train.statistics;

/** What a statistics job counts. */
public enum StatisticsCounter {
  ROWS_READ("train_statistics_rows_read_total");

  /** The group of these counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  StatisticsCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The stable name under which Hadoop counts it. */
  public String counterName() {
    return counterName;
  }
}
