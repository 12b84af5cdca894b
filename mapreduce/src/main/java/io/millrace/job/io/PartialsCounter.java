package io.millrace.job.io;

import io.millrace.aggregate.PartialCounts;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;

/** What is counted while partials are made, by the job of partials or by that of clean. */
public enum PartialsCounter {
  RECORDS_READ("partials_records_read_total"),
  RECORDS_WITHOUT_ENTITY("partials_records_without_entity_total"),
  RECORDS_WITHOUT_TIME("partials_records_without_time_total"),
  RECORDS_FILTERED("partials_records_filtered_total"),
  /** Records that were skipped because the filter could not be computed. */
  FILTER_ERRORS("partials_filter_errors_total"),
  /** Arguments of aggregates that could not be computed and counted as NULL. */
  ARGUMENT_ERRORS("partials_argument_errors_total"),
  /** None where partials were made in one job with clean. */
  STATES_SHUFFLED("partials_states_shuffled_total"),
  STATES_WRITTEN("partials_states_written_total");

  /** The group of these counters. */
  public static final String GROUP = "millrace";

  private final String counterName;

  PartialsCounter(String counterName) {
    this.counterName = counterName;
  }

  /** Counts what was met while records were folded. */
  public static void countRecords(TaskInputOutputContext<?, ?, ?, ?> context, PartialCounts met) {
    RECORDS_READ.count(context, met.read());
    RECORDS_WITHOUT_ENTITY.count(context, met.withoutEntity());
    RECORDS_WITHOUT_TIME.count(context, met.withoutTime());
    RECORDS_FILTERED.count(context, met.filtered());
    FILTER_ERRORS.count(context, met.filterErrors());
    ARGUMENT_ERRORS.count(context, met.argumentErrors());
  }

  public void count(TaskInputOutputContext<?, ?, ?, ?> context, long value) {
    context.getCounter(GROUP, counterName).increment(value);
  }

  /** The stable name under which Hadoop counts it. */
  public String counterName() {
    return counterName;
  }
}
