package io.millrace.cli;

import io.millrace.oozie.Bundle;
import io.millrace.oozie.Coordinator;
import io.millrace.oozie.CoordinatorAction;
import io.millrace.oozie.NightStatus;
import io.millrace.oozie.OozieException;
import io.millrace.oozie.OozieServer;
import io.millrace.oozie.Workflow;
import io.millrace.plan.StageId;
import io.millrace.plan.StageOutline;
import io.millrace.schedule.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one coordinator of a pipeline has done lately.
 *
 * @param stages by the names of their steps, in the order of the pipeline
 * @param nights oldest first
 */
record OozieNights(Coordinator coordinator, Map<String, StageId> stages, List<NightStatus> nights) {
  private static final String TRAINING = "training";

  /**
   * The last nights, or trainings, of a bundle, if it has any.
   *
   * @param most how many
   */
  static Optional<OozieNights> of(
      OozieServer server, Bundle bundle, PipelineNights pipeline, boolean trainings, int most)
      throws OozieException {
    Optional<String> id =
        bundle.coordinators().stream()
            .filter(coordinator -> coordinator.name().endsWith(TRAINING) == trainings)
            .map(Coordinator::id)
            .filter(known -> !known.isEmpty())
            .findFirst();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Coordinator coordinator = server.coordinator(id.get(), most);
    Map<String, StageId> stages = new LinkedHashMap<>();
    pipeline.workspace().outline().stages().stream()
        .map(StageOutline::id)
        .filter(stage -> stage.kind().isOnDemand() == trainings)
        .forEach(stage -> stages.put(new Step.OfStage(stage).id(), stage));
    List<NightStatus> nights = new ArrayList<>();
    for (CoordinatorAction action : coordinator.actions()) {
      Optional<Workflow> workflow =
          action.workflow().isPresent()
              ? server.workflow(action.workflow().get())
              : Optional.empty();
      nights.add(
          NightStatus.of(
              pipeline.clock().landingDate(action.nominalTime()),
              action,
              workflow,
              List.copyOf(stages.keySet())));
    }
    return Optional.of(new OozieNights(coordinator, stages, nights));
  }
}
