package io.millrace.job.clean;

import io.millrace.expression.CompiledProgram;
import io.millrace.spec.FormatSpec;
import java.util.List;

/**
 * What the tasks of the clean step need to know.
 *
 * @param rowSchema Avro schema of a clean row, as JSON
 * @param sourceSchema Avro schema of the source's columns, as JSON
 * @param steps names and texts of the program's steps
 * @param eventTime column, or empty
 * @param lateness in days; {@link Integer#MAX_VALUE} for no limit
 * @param landingDate ISO date
 * @param duplicates what is done with records that are the same
 * @param keyColumns by which they are told, where it is by key
 */
record CleanSettings(
    FormatSpec.Csv format,
    String zone,
    String rowSchema,
    String sourceSchema,
    CompiledProgram program,
    List<StepText> steps,
    String eventTime,
    int lateness,
    String landingDate,
    Duplicates duplicates,
    List<String> keyColumns) {
  /**
   * A step as messages show it.
   *
   * @param name the rule's, or with a prefix the column's
   */
  record StepText(String name, String sql, List<String> columns) {}

  /** What is done with records that are the same. */
  enum Duplicates {
    KEEP_ALL,
    KEEP_ONE_OF_EQUAL,
    KEEP_EARLIEST,
    KEEP_LATEST;

    /** Whether records are the same by their key alone. */
    boolean byKey() {
      return this == KEEP_EARLIEST || this == KEEP_LATEST;
    }
  }
}
