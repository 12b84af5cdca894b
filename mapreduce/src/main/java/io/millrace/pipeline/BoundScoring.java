package io.millrace.pipeline;

import io.millrace.model.ModelMemory;

/**
 * What is scored by which model.
 *
 * @param rows what is scored
 * @param modelFile as the spec names it
 * @param modelMemory that the model needs
 * @param modelFingerprint SHA-256 of the model's bytes, hexadecimal
 */
public record BoundScoring(
    ScoredRows rows,
    Scoring scoring,
    String modelFile,
    ModelMemory modelMemory,
    String modelFingerprint) {}
