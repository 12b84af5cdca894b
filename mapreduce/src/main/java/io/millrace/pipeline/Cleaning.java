package io.millrace.pipeline;

import io.millrace.expression.Step;
import io.millrace.row.RowType;
import io.millrace.spec.CleanSpec;
import io.millrace.spec.Located;
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
 * @param sample whose records are kept, where it is not those of all
 */
public record Cleaning(
    String sourceSchema,
    RowType source,
    RowType rows,
    List<Step> steps,
    Optional<String> eventTime,
    CleanSpec.Deduplicate deduplicate,
    Optional<Sample> sample) {
  /** Prefix of the names of repair steps; what follows is the column. */
  public static final String REPAIR = "repair.";

  /** Prefix of the names of derivation steps; what follows is the column. */
  public static final String DERIVE = "derive.";

  public Cleaning {
    steps = List.copyOf(steps);
  }

  /** The same, for a share of the entities. */
  Cleaning sampled(Sample share) {
    return new Cleaning(
        sourceSchema, source, rows, steps, eventTime, deduplicate, Optional.of(share));
  }

  /** The columns by which duplicates are told; none where it is not by key. */
  public List<String> keyColumns() {
    return deduplicate instanceof CleanSpec.Deduplicate.ByKey byKey
        ? byKey.columns().stream().map(Located::value).toList()
        : List.of();
  }

  /**
   * Whether records of which one is kept are all of one entity, so that the shuffle that finds them
   * can bring all records of the entity together.
   *
   * @param entity columns that name it
   */
  boolean keepsTogether(List<String> entity) {
    return !(deduplicate instanceof CleanSpec.Deduplicate.ByKey)
        || keyColumns().containsAll(entity);
  }

  /** How many landing dates back a key that was kept makes a record a duplicate. */
  public int acrossDays() {
    return deduplicate instanceof CleanSpec.Deduplicate.ByKey byKey ? byKey.acrossDays() : 0;
  }
}
