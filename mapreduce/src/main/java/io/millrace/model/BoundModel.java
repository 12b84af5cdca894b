package io.millrace.model;

/** A model's inputs and its score, bound to columns. */
public record BoundModel(ModelInputs inputs, ModelOutput output) {}
