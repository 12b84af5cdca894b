package io.millrace.plan;

import java.util.ArrayList;
import java.util.List;

/** Plans in a form that tests compare: one line a stage. */
final class Decisions {
  private Decisions() {}

  static List<String> of(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (PlannedStage stage : plan.stages()) {
      lines.add(
          "%s %d: %s"
              .formatted(stage.stage(), stage.date().getDayOfMonth(), text(stage.decision())));
    }
    return lines;
  }

  static String of(Plan plan, StageId id) {
    List<Decision> decisions =
        plan.stages().stream()
            .filter(stage -> stage.stage().equals(id))
            .map(PlannedStage::decision)
            .toList();
    if (decisions.size() != 1) {
      throw new AssertionError("expected one " + id + " in " + of(plan));
    }
    return text(decisions.get(0));
  }

  static String text(Decision decision) {
    if (decision instanceof Decision.Run run) {
      return "run, " + run.why();
    }
    if (decision instanceof Decision.LeftOut leftOut) {
      return "left out, " + leftOut.text();
    }
    if (decision instanceof Decision.Open open) {
      return "may run, " + open.condition();
    }
    if (decision instanceof Decision.UpToDate) {
      return "up to date";
    }
    if (decision instanceof Decision.UpToDateSourceGone gone) {
      return "source gone " + gone.reason().map(Reason::toString).stream().toList();
    }
    return "blocked " + ((Decision.Blocked) decision).missing();
  }
}
