package io.millrace.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What {@code millrace reference} can tell of. */
enum ReferenceTopic {
  FUNCTIONS("operators and functions of SQL"),
  AGGREGATES("functions over the records of a window"),
  KEYS("keys of pipeline.yaml");

  private final String description;

  ReferenceTopic(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ReferenceTopic> of(String word) {
    return Arrays.stream(values()).filter(topic -> topic.word().equalsIgnoreCase(word)).findFirst();
  }
}
