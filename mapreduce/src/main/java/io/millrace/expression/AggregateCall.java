package io.millrace.expression;

import java.util.Optional;

/**
 * One call of an aggregate function.
 *
 * @param function its name in upper case
 * @param argument what is aggregated, over the columns of a record; empty for {@code COUNT(*)}
 * @param distinct whether equal arguments count once
 */
public record AggregateCall(
    String function, Optional<TypedExpression> argument, boolean distinct) {}
