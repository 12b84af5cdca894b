package io.millrace.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One call of an aggregate function.
 *
 * @param function its name in upper case; {@code COUNT(DISTINCT x)} is a function of its own
 * @param argument what is aggregated, over the columns of a record; empty for {@code COUNT(*)}
 * @param parameters the literals behind the argument, such as the share of a percentile; intervals
 *     in milliseconds
 */
public record AggregateCall(
    String function, Optional<TypedExpression> argument, List<BigDecimal> parameters) {
  public AggregateCall {
    parameters = List.copyOf(parameters);
  }
}
