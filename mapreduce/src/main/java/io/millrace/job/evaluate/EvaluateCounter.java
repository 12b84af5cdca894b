package io.millrace.job.evaluate;

/** What an evaluation counts. */
public enum EvaluateCounter {
  ROWS_READ("evaluation_rows_read_total"),
  ROWS_SHUFFLED("evaluation_rows_shuffled_total");

  /** The group of the counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  EvaluateCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The name under which people and monitoring find it. */
  public String counterName() {
    return counterName;
  }
}
