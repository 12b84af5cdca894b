package io.millrace.oozie;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.Job;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;
import org.apache.oozie.command.coord.CoordActionMissingDependenciesXCommand;
import org.apache.oozie.dependency.ActionDependency;
import org.apache.oozie.util.Pair;

/** A coordinator's actions by the landing dates that they work on: the day before each, in UTC. */
final class Nights {
  private static final int MOST = 100;

  private final MiniOozie oozie;
  private final String coordinator;

  Nights(MiniOozie oozie, String coordinator) {
    this.oozie = oozie;
    this.coordinator = coordinator;
  }

  /** The nights of a bundle, once it has begun them. */
  static Nights ofBundle(MiniOozie oozie, String bundle) throws Exception {
    OozieClient bundles = oozie.bundles();
    MiniOozie.await(
        "the bundle has its coordinator",
        () ->
            bundles.getBundleJobInfo(bundle).getCoordinators().stream()
                .anyMatch(job -> job.getId() != null),
        () -> bundles.getBundleJobInfo(bundle));
    return new Nights(oozie, bundles.getBundleJobInfo(bundle).getCoordinators().get(0).getId());
  }

  CoordinatorAction night(LocalDate landed) throws Exception {
    for (CoordinatorAction action :
        oozie.coordinators().getCoordJobInfo(coordinator, null, 1, MOST).getActions()) {
      LocalDate nominal = LocalDate.ofInstant(action.getNominalTime().toInstant(), ZoneOffset.UTC);
      if (nominal.minusDays(1).equals(landed)) {
        return action;
      }
    }
    throw new IllegalStateException("There is no night of " + landed + " yet");
  }

  CoordinatorAction.Status status(LocalDate landed) throws Exception {
    return night(landed).getStatus();
  }

  void awaitStatus(CoordinatorAction.Status status, LocalDate... landed) throws Exception {
    for (LocalDate date : landed) {
      MiniOozie.await(
          "the night of " + date + " is " + status,
          () -> isThere(date) && status(date) == status,
          this::states);
    }
  }

  private boolean isThere(LocalDate landed) throws Exception {
    try {
      return night(landed) != null;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  /** The workflow of a night that has begun. */
  WorkflowJob workflow(LocalDate landed) throws Exception {
    return oozie.workflows().getJobInfo(night(landed).getExternalId());
  }

  WorkflowAction step(LocalDate landed, String name) throws Exception {
    return workflow(landed).getActions().stream()
        .filter(action -> action.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("There is no step yet: " + name));
  }

  /** What a night waits for: URIs by the names of data sets. */
  Map<String, ActionDependency> missing(LocalDate landed) throws Exception {
    String number = String.valueOf(night(landed).getActionNumber());
    for (Pair<?, Map<String, ActionDependency>> found :
        new CoordActionMissingDependenciesXCommand(coordinator, number, null).call()) {
      return found.getSecond();
    }
    return Map.of();
  }

  /** As {@code oozie job -rerun … -action …} does it. */
  void rerun(LocalDate landed) throws Exception {
    oozie
        .coordinators()
        .reRunCoord(
            coordinator, "action", String.valueOf(night(landed).getActionNumber()), false, false);
  }

  /** For messages: what each night is at. */
  List<String> states() throws Exception {
    List<String> states = new ArrayList<>();
    Job.Status job = oozie.coordinators().getCoordJobInfo(coordinator).getStatus();
    states.add(coordinator + " " + job);
    for (CoordinatorAction action :
        oozie.coordinators().getCoordJobInfo(coordinator, null, 1, MOST).getActions()) {
      StringBuilder state = new StringBuilder("\n" + action.getId() + " " + action.getStatus());
      if (action.getExternalId() != null) {
        for (WorkflowAction step :
            oozie.workflows().getJobInfo(action.getExternalId()).getActions()) {
          state.append(
              "\n  %s %s %s %s"
                  .formatted(
                      step.getName(),
                      step.getStatus(),
                      step.getErrorMessage(),
                      step.getData() == null ? "" : step.getData().replace('\n', ' ')));
        }
      }
      states.add(state.toString());
    }
    return states;
  }
}
