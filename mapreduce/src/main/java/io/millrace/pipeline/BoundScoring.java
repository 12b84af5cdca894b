package io.millrace.pipeline;

/**
 * What is scored by which model.
 *
 * @param rows what is scored
 * @param modelFile as the spec names it
 * @param modelBytes the length of that file
 * @param modelFingerprint SHA-256 of the model's bytes, hexadecimal
 */
public record BoundScoring(
    ScoredRows rows, Scoring scoring, String modelFile, long modelBytes, String modelFingerprint) {}
