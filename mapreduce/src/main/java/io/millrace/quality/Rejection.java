package io.millrace.quality;

/**
 * Why a record is not taken.
 *
 * @param rule the rule that failed; names with a dot are Millrace's own, all others stand in the pipeline's rules
 * @param reason what was found and what was expected, for a person
 */
public record Rejection(String rule, String reason) {}
