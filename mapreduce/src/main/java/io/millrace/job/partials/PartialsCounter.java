package io.millrace.job.partials;

/** What a partials job counts. */
public enum PartialsCounter {
  RECORDS_READ("partials_records_read_total"),
  RECORDS_WITHOUT_ENTITY("partials_records_without_entity_total"),
  RECORDS_WITHOUT_TIME("partials_records_without_time_total"),
  RECORDS_FILTERED("partials_records_filtered_total"),
  /** Records that were skipped because the filter could not be computed. */
  FILTER_ERRORS("partials_filter_errors_total"),
  /** Arguments of aggregates that could not be computed and counted as NULL. */
  ARGUMENT_ERRORS("partials_argument_errors_total"),
  STATES_SHUFFLED("partials_states_shuffled_total"),
  STATES_WRITTEN("partials_states_written_total");

  /** The group of these counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  PartialsCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The stable name under which Hadoop counts it. */
  public String counterName() {
    return counterName;
  }
}
