package io.millrace.pipeline;

import io.millrace.expression.Step;
import io.millrace.row.RowType;
import io.millrace.spec.CleanSpec;
import java.util.List;
import java.util.Optional;

/**
 * How records become clean rows.
 *
 * @param sourceSchema the source's Avro schema as it was read, as JSON
 * @param source the columns that the source brings
 * @param rows the columns of a clean row: those of the source, then the derived ones
 * @param steps repairs, derivations and rules, in the order in which they run
 * @param eventTime the column that says when a record happened
 */
public record Cleaning(
    String sourceSchema,
    RowType source,
    RowType rows,
    List<Step> steps,
    Optional<String> eventTime,
    CleanSpec.Deduplicate deduplicate) {
  /** Prefix of the names of repair steps; what follows is the column. */
  public static final String REPAIR = "repair.";

  /** Prefix of the names of derivation steps; what follows is the column. */
  public static final String DERIVE = "derive.";

  public Cleaning {
    steps = List.copyOf(steps);
  }
}
