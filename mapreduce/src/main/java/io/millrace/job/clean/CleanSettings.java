package io.millrace.job.clean;

import io.millrace.expression.CompiledProgram;
import io.millrace.quality.StepText;
import io.millrace.spec.FormatSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of the clean step need to know.
 *
 * @param zone in which days count and timestamps without one are read
 * @param rowSchema Avro schema of a clean row, as JSON
 * @param sourceSchema Avro schema of the source's columns, as JSON
 * @param steps what messages say of the program's steps
 * @param eventTime column; null where there is none
 * @param latenessDays null for no limit
 * @param landingDate ISO date
 * @param duplicates what is done with records that are the same
 * @param keyColumns by which they are told, where it is by key
 * @param entity columns of the entities whose records come together, where some do
 * @param sample whose records are kept; null for those of all entities
 */
record CleanSettings(
    FormatSpec.Csv format,
    String zone,
    String rowSchema,
    String sourceSchema,
    CompiledProgram program,
    List<StepText> steps,
    @Nullable String eventTime,
    @Nullable Integer latenessDays,
    String landingDate,
    Duplicates duplicates,
    List<String> keyColumns,
    List<String> entity,
    @Nullable SampleSettings sample) {
  /**
   * A share of the entities.
   *
   * @param hashLimit unsigned
   * @param afterDuplicates whether an entity is known only when one of several records of a key has
   *     been chosen: they may name different ones
   */
  record SampleSettings(List<String> columns, long hashLimit, boolean afterDuplicates) {}

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
