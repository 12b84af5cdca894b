package io.millrace.learn;

import java.util.Arrays;
import java.util.Locale;

/** What a row of the training set is for. */
public enum Part {
  /** The model learns from it. */
  TRAIN,
  /** Decides when learning stops. */
  VALIDATION,
  /** Measures the model. */
  TEST;

  /** As it stands in the column {@code example_split}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The part of a word.
   *
   * @throws IllegalArgumentException where it is none's
   */
  public static Part of(String word) {
    return Arrays.stream(values())
        .filter(part -> part.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find part of the training set: %s (expected train, validation or test)"
                        .formatted(word)));
  }
}
