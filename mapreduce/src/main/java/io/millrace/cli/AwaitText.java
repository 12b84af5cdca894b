package io.millrace.cli;

import io.millrace.landing.Arrival.State;
import java.time.Duration;

/** How far the input of a date is, in words. */
final class AwaitText {
  private AwaitText() {}

  static String of(State state) {
    if (state instanceof State.Unflagged unflagged) {
      return "%s there, but not %s, which its producer writes last"
          .formatted(are(unflagged.files()), unflagged.flag());
    }
    if (state instanceof State.Settling settling) {
      return "%s there, quiet for %s, and count when they have been for %s more"
          .formatted(are(settling.files()), of(settling.quiet()), of(settling.left()));
    }
    if (state instanceof State.Writing writing) {
      return "somebody is still writing " + writing.file();
    }
    return state instanceof State.Here here ? are(here.files()) + " there" : "no file is there";
  }

  /** The same without what changes from look to look while nothing happens. */
  static String news(State state) {
    return state instanceof State.Settling settling
        ? are(settling.files()) + settling.changed()
        : of(state);
  }

  static String files(int files) {
    return files == 1 ? "1 file" : files + " files";
  }

  private static String are(int files) {
    return files(files) + (files == 1 ? " is" : " are");
  }

  static String left(State state, Duration left) {
    return left.isNegative() && state instanceof State.Settling
        ? "waiting for that alone"
        : "waiting for " + of(left) + " more";
  }

  /** In the two largest units that it has: {@code 1h 30m}, {@code 45s}. */
  static String of(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours()
          + "h"
          + (duration.toMinutesPart() > 0 ? " " + duration.toMinutesPart() + "m" : "");
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes()
          + "m"
          + (duration.toSecondsPart() > 0 ? " " + duration.toSecondsPart() + "s" : "");
    }
    return duration.toSeconds() + "s";
  }
}
