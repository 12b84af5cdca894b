package io.millrace.spec;

import java.math.BigDecimal;
import java.util.List;

/**
 * What makes a record valid.
 *
 * @param failAbove the share of quarantined records, 0 to 1, above which nothing is published
 */
public record CleanSpec(
    List<NamedExpression> repair,
    List<NamedExpression> derive,
    List<NamedExpression> rules,
    Deduplicate deduplicate,
    BigDecimal failAbove) {
  public CleanSpec {
    repair = List.copyOf(repair);
    derive = List.copyOf(derive);
    rules = List.copyOf(rules);
  }

  CleanSpec withFailAbove(BigDecimal share) {
    return new CleanSpec(repair, derive, rules, deduplicate, share);
  }

  /** Which of several records that are the same is kept. */
  public sealed interface Deduplicate {
    /** All are kept. */
    record None() implements Deduplicate {}

    /** One of those that are equal in every column after cleaning. */
    record Exact() implements Deduplicate {}

    /**
     * One of those that are equal in some columns.
     *
     * @param acrossDays on how many landing dates before its own a record that was kept makes it a
     *     duplicate; 0 where each date stands for itself
     */
    record ByKey(List<Located<String>> columns, Keep keep, int acrossDays) implements Deduplicate {
      public ByKey {
        columns = List.copyOf(columns);
      }
    }
  }

  /** By event time; ties go to the record whose encoding is smaller. */
  public enum Keep {
    EARLIEST,
    LATEST
  }
}
