package io.millrace.aggregate;

/**
 * What a {@link PartialAggregator} met.
 *
 * @param read records
 * @param withoutEntity records that were skipped because an entity column is NULL
 * @param withoutTime records that were skipped because they have no event time
 * @param filtered records that the group's filter left out
 * @param filterErrors records that were skipped because the filter could not be computed
 * @param argumentErrors arguments that could not be computed and counted as NULL
 * @param states sent on
 */
public record PartialCounts(
    long read,
    long withoutEntity,
    long withoutTime,
    long filtered,
    long filterErrors,
    long argumentErrors,
    long states) {}
