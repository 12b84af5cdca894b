package io.millrace.expression.sql;

import io.millrace.row.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which aggregate functions there are, what they take and what they give. {@code AVG(x)} is never
 * asked for: it is written as {@code SUM_DOUBLE(x) / COUNT(x)}, so that means share their states
 * with sums and counts.
 */
public interface AggregateTyping {
  /** Names in upper case. */
  Set<String> functions();

  /** How a call is written, for a person. */
  String usage(String function);

  /** The function that {@code DISTINCT} makes of one; nothing where it cannot be written. */
  Optional<String> distinct(String function);

  /** The literals behind the argument. */
  List<Parameter> parameters(String function);

  /**
   * The type of a function's result. Arguments are empty for {@code COUNT(*)}.
   *
   * @throws IllegalArgumentException saying what the function takes
   */
  ColumnType resultType(String function, List<ColumnType> arguments, List<BigDecimal> parameters);
}
