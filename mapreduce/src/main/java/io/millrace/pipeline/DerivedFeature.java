package io.millrace.pipeline;

import io.millrace.expression.TypedExpression;

/**
 * A column that is computed from the features of all windows.
 *
 * @param name without the group
 * @param sql over {@code <feature>_<window>} and WINDOW_END
 */
public record DerivedFeature(String name, TypedExpression sql) {}
