package io.millrace.pipeline;

/** The rows that a model is applied to. */
public sealed interface ScoredRows {
  /** The entities of a group, with their features of the same date. */
  record Entities(FeatureGroup group) implements ScoredRows {}

  /** Clean records, with the features of the day before. */
  record Events(JoinedRows joined) implements ScoredRows {}
}
