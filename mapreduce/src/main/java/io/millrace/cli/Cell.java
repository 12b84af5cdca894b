package io.millrace.cli;

import io.millrace.plan.PartitionStatus;
import io.millrace.plan.Reason;

/** What the status shows of a partition: a word, or a letter where there are many. */
enum Cell {
  DONE("done", '.'),
  RUNNING("running", 'r'),
  STALE("stale", 's'),
  MISSING("missing", 'm'),
  FAILED("failed", 'F'),
  BLOCKED("blocked", 'b'),
  SOURCE_GONE("kept", 'k'),
  LEFT_OUT("left out", '-');

  private final String word;
  private final char letter;

  Cell(String word, char letter) {
    this.word = word;
    this.letter = letter;
  }

  static Cell of(PartitionStatus.State state) {
    return switch (state) {
      case DONE -> DONE;
      case STALE -> STALE;
      case MISSING -> MISSING;
      case BLOCKED -> BLOCKED;
      case SOURCE_GONE -> SOURCE_GONE;
      case LEFT_OUT -> LEFT_OUT;
    };
  }

  /** What partitions are that have such a reason. */
  static Cell of(Reason.Kind kind) {
    return switch (kind) {
      case STALE -> STALE;
      case NOT_MADE, EMPTY, INCOMPLETE -> MISSING;
      case NO_SOURCE, BLOCKED -> BLOCKED;
      case SOURCE_GONE -> SOURCE_GONE;
      case FORCED -> DONE;
      case LEFT_OUT, OPEN -> LEFT_OUT;
    };
  }

  String word() {
    return word;
  }

  char letter() {
    return letter;
  }
}
