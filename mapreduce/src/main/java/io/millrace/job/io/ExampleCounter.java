package io.millrace.job.io;

/**
 * What the jobs that make training rows count. Rows read = written + unlabelled + sampled out.
 * Dates in a gap are not read.
 */
public enum ExampleCounter {
  ROWS_READ("training_rows_read_total"),
  ROWS_WRITTEN("training_rows_written_total"),
  /** Rows whose label is NULL, or no number, or could not be computed. */
  ROWS_UNLABELLED("training_rows_unlabelled_total"),
  /** Rows with label 0 that were left out, as only a share of them is kept. */
  ROWS_SAMPLED_OUT("training_rows_sampled_out_total"),
  /** Rows that were written with label 1. */
  ROWS_POSITIVE("training_rows_positive_total"),
  /** Labels, or conditions on events, that could not be computed. */
  LABEL_ERRORS("training_label_errors_total"),
  /** Entities of events whose features were found, each event counted for itself. */
  FEATURES_FOUND("training_features_found_total"),
  /** Clean records that were looked through for labels of entities. */
  EVENTS_READ("training_events_read_total"),
  /** Those that gave their entity the label 1 at any snapshot. */
  EVENTS_MARKING("training_events_marking_total"),
  /** Entities with such an event and without features at the snapshot, of which no row is made. */
  MARKS_WITHOUT_ROW("training_marks_without_row_total");

  /** The group of the counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  ExampleCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The stable name under which Hadoop counts it. */
  public String counterName() {
    return counterName;
  }
}
