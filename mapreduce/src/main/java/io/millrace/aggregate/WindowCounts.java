package io.millrace.aggregate;

/**
 * What a {@link WindowMerge} met.
 *
 * @param partials states read
 * @param outside those whose event day lies in no window
 * @param rows of features, one an entity
 * @param errors values that could not be computed and are NULL
 */
public record WindowCounts(long partials, long outside, long rows, long errors) {}
