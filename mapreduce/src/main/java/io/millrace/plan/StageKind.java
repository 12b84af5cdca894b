package io.millrace.plan;

/** The kinds of stages, in the order in which a night runs them. */
public enum StageKind {
  /** Raw records are parsed, repaired, checked and deduplicated. */
  CLEAN,
  /** What landed on a date becomes one mergeable state per entity and event day. */
  PARTIALS,
  /** The partials of a window of dates become one row of features per entity. */
  FEATURES,
  /** Clean rows and the features of their entities are brought together. */
  JOIN,
  /** Rows of history whose labels are known become a training set. */
  TRAINING,
  /** A model is fitted to a training set, measured, and registered. */
  TRAIN,
  /** A model is applied to rows. */
  SCORE;

  /** Whether it is made only where it is asked for by name, and by no night's run. */
  public boolean isOnDemand() {
    return switch (this) {
      case TRAINING, TRAIN -> true;
      case CLEAN, PARTIALS, FEATURES, JOIN, SCORE -> false;
    };
  }
}
