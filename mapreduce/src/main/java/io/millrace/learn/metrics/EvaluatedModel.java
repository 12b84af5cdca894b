package io.millrace.learn.metrics;

import java.util.Locale;

/** Whose scores are measured. */
public enum EvaluatedModel {
  /** The model that was trained. */
  CANDIDATE,
  /** The version that scoring would have taken without it. */
  PRODUCTION,
  /** The model that the pipeline names to compare with. */
  BASELINE;

  /** Its name in data files. */
  public String fieldValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The model of a name in a data file.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static EvaluatedModel of(String fieldValue) {
    for (EvaluatedModel model : values()) {
      if (model.fieldValue().equals(fieldValue)) {
        return model;
      }
    }
    throw new IllegalArgumentException(
        "Cannot find a model named "
            + fieldValue
            + " in an evaluation: expected candidate, production or baseline");
  }
}
