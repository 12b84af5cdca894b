package io.millrace.run;

import io.millrace.plan.Decision;
import io.millrace.plan.Manifest;
import io.millrace.plan.MissingInput;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageOutline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Decides on a stage once more when its lease is taken, by what stands then: another run may have
 * made it, or what it reads, since the plan was made.
 */
@FunctionalInterface
interface PlanAgain {
  /**
   * The stage as it is to be made now, or nothing where it no longer has to be.
   *
   * @throws InputMissingException where it can no longer be made
   */
  Optional<PlannedStage> of(PlannedStage planned) throws IOException;

  /** By all that stands in a workspace; what a request forces is made whatever stands. */
  static PlanAgain in(Workspace workspace, PlanRequest request) {
    return planned -> {
      PlannedStage now = workspace.planAgain(planned, request);
      Decision decision = now.decision();
      if (decision instanceof Decision.UpToDate
          || decision instanceof Decision.UpToDateSourceGone) {
        return Optional.empty();
      }
      if (decision instanceof Decision.Blocked blocked) {
        // what has landed since may have made an input stale, which still stands as it was planned
        requireInputsAsPlanned(workspace, planned, blocked.missing());
        return Optional.of(planned);
      }
      return Optional.of(decision instanceof Decision.LeftOut ? planned : now);
    };
  }

  private static void requireInputsAsPlanned(
      Workspace workspace, PlannedStage planned, List<MissingInput> missing) throws IOException {
    StageOutline outline = workspace.outline().stage(planned.stage(), planned.date());
    for (PlannedInput input : planned.inputs()) {
      Optional<Manifest> stands = workspace.warehouse().manifest(input.dataSet(), input.date());
      boolean isAsPlanned =
          stands
              .map(manifest -> manifest.fingerprints().asRead(outline.readOf(input.stage())))
              .filter(input.fingerprint()::equals)
              .isPresent();
      if (!isAsPlanned) {
        throw InputMissingException.changed(
            "Cannot make %s/dt=%s: since it was planned, %s/dt=%s has changed (%s). Run the same command again."
                .formatted(
                    planned.stage(),
                    planned.date(),
                    input.dataSet(),
                    input.date(),
                    String.join("; ", missing.stream().map(MissingInput::toString).toList())));
      }
    }
  }
}
