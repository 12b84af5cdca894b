package io.millrace.cli;

import io.millrace.oozie.NightStatus;
import io.millrace.plan.PartitionStatus;
import java.util.Locale;

/** What is shown of a night, and of its steps. */
final class OozieCell {
  private OozieCell() {}

  static String of(NightStatus.State state) {
    return switch (state) {
      case WAITING, QUEUED, RUNNING, HELD, DONE, FAILED, ENDED, SKIPPED ->
          state.name().toLowerCase(Locale.ROOT);
      case TIMED_OUT -> "timed out";
    };
  }

  /**
   * A step that has done its work is what its partition is by now.
   *
   * @param partition how it stands, as far as that is known
   */
  static String of(NightStatus.StepState step, PartitionStatus.State partition) {
    return switch (step) {
      case OPEN -> "";
      case NO_MODEL -> "no model";
      case RUNNING, RETRYING, HELD, FAILED, ENDED -> step.name().toLowerCase(Locale.ROOT);
      case DONE ->
          switch (partition) {
            case STALE -> "stale";
            case MISSING, BLOCKED -> "missing";
            case DONE, SOURCE_GONE, LEFT_OUT -> "done";
          };
    };
  }
}
