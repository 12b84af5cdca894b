package io.millrace.expression;

import io.millrace.row.ColumnType;
import java.util.List;
import java.util.Set;

/**
 * Which aggregate functions there are, and what they give. {@code AVG(x)} is never asked for: it is
 * written as {@code SUM_DOUBLE(x) / COUNT(x)}, so that means share their states with sums and
 * counts.
 */
public interface AggregateTyping {
  /** Names in upper case. */
  Set<String> functions();

  /**
   * The type of a function's result. Arguments are empty for {@code COUNT(*)}.
   *
   * @throws IllegalArgumentException saying what the function takes
   */
  ColumnType resultType(String function, List<ColumnType> arguments);
}
