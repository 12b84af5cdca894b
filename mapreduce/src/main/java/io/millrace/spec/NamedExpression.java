package io.millrace.spec;

/**
 * {@code name: SQL} as it stands in repair, derive (of clean rows and of features), rules and
 * aggregates.
 */
public record NamedExpression(Located<String> name, Located<String> sql) {}
