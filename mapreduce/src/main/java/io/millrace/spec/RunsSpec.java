package io.millrace.spec;

/**
 * What is kept of runs.
 *
 * @param keepDays how long, counted from a run's end
 */
public record RunsSpec(int keepDays) {}
