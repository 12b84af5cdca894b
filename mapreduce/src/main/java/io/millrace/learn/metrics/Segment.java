package io.millrace.learn.metrics;

import java.util.Optional;

/**
 * The rows that have one value in a column.
 *
 * @param value as text; left out where it is NULL
 */
public record Segment(String column, Optional<String> value) {}
