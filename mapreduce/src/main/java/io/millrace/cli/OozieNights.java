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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one coordinator of a pipeline has done lately.
 *
 * @param steps the names of their actions, in the order of the pipeline
 * @param stages which of them make a stage
 * @param nights oldest first
 */
record OozieNights(
    Coordinator coordinator,
    List<String> steps,
    Map<String, StageId> stages,
    List<NightStatus> nights) {
  private static final String TRAINING = "training";
  private static final String AWAIT = new Step.Await(Duration.ZERO).id();

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
    Map<String, Workflow> workflows = new HashMap<>();
    for (CoordinatorAction action : coordinator.actions()) {
      if (action.workflow().isPresent()) {
        String started = action.workflow().get();
        server.workflow(started).ifPresent(workflow -> workflows.put(started, workflow));
      }
    }
    Map<String, StageId> stages = new LinkedHashMap<>();
    pipeline.workspace().outline().stages().stream()
        .map(StageOutline::id)
        .filter(stage -> stage.kind().isOnDemand() == trainings)
        .forEach(stage -> stages.put(new Step.OfStage(stage).id(), stage));
    List<String> steps = new ArrayList<>(stages.keySet());
    if (workflows.values().stream().anyMatch(workflow -> workflow.action(AWAIT).isPresent())) {
      steps.add(0, AWAIT);
    }
    return Optional.of(
        new OozieNights(
            coordinator,
            steps,
            stages,
            coordinator.actions().stream()
                .map(
                    action ->
                        NightStatus.of(
                            pipeline.clock().landingDate(action.nominalTime()),
                            action,
                            action.workflow().map(workflows::get),
                            steps))
                .toList()));
  }
}
