package io.millrace.pipeline;

import io.millrace.expression.TypedExpression;

/**
 * A feature of a group.
 *
 * @param name without group and window
 * @param finish what it is, typed over a scope in which column {@code $i} is the result of the
 *     group's call {@code i}
 */
public record Feature(String name, TypedExpression finish) {}
