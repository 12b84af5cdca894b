package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;

/**
 * One SQL function.
 *
 * @param least the fewest arguments
 * @param most the most arguments
 * @param usage how it is written, for messages
 */
record FunctionRule(
    int least,
    int most,
    String usage,
    java.util.function.Function<Arguments, Expression> binding) {}
