package io.millrace.schedule.oozie;

import java.time.Duration;

/** Pieces of Oozie's expression language. */
final class Expressions {
  private Expressions() {}

  /** The value of a property of the job. */
  static String property(String name) {
    return "${" + name + "}";
  }

  /** Text that is to stay as it is. */
  static String literal(String text) {
    return text.replace("${", "${'$'}{");
  }

  /** An instance of a data set, counted from the newest that is not later than the night. */
  static String instance(int number) {
    return "${coord:current(" + number + ")}";
  }

  static String duration(Duration duration) {
    return duration.toMinutesPart() == 0
        ? "${" + duration.toHours() + " * HOURS}"
        : "${" + duration.toMinutes() + " * MINUTES}";
  }

  /** What an action has said of itself. */
  static String data(String action, String key) {
    return "wf:actionData('" + action + "')['" + key + "']";
  }
}
