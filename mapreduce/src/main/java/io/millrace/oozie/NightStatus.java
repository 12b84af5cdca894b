package io.millrace.oozie;

import io.millrace.oozie.CoordinatorAction.Status;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a night, or a training, is getting on.
 *
 * @param date its landing date
 * @param steps by the names of their actions, in the order in which they run
 * @param troubles what went wrong, in that order
 */
public record NightStatus(
    LocalDate date,
    CoordinatorAction action,
    Optional<Workflow> workflow,
    State state,
    Map<String, StepState> steps,
    List<Trouble> troubles) {
  private static final String DATA_STATE = "state";
  private static final String DATA_REASON = "reason";
  private static final String DATA_NO_MODEL = "no_model";
  private static final String DATA_DONE = "done";

  /** What a launcher puts in front of what an action has thrown. */
  private static final Pattern LAUNCHER =
      Pattern.compile("(?s)Main class \\[[^]]*], main\\(\\) threw exception, (.*)");

  /** How it stands as a whole. */
  public enum State {
    WAITING,
    QUEUED,
    RUNNING,
    HELD,
    DONE,
    FAILED,
    TIMED_OUT,
    ENDED,
    SKIPPED
  }

  /** How one of its steps stands. */
  public enum StepState {
    OPEN,
    RUNNING,
    RETRYING,
    HELD,
    DONE,
    NO_MODEL,
    FAILED,
    ENDED
  }

  /**
   * Why something did not go on.
   *
   * @param step empty where no step had been started
   */
  public record Trouble(Optional<String> step, String reason) {}

  public NightStatus {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    troubles = List.copyOf(troubles);
  }

  /**
   * Makes sense of what Oozie says.
   *
   * @param workflow that it has started last
   * @param names of the actions that are steps
   */
  public static NightStatus of(
      LocalDate date, CoordinatorAction action, Optional<Workflow> workflow, List<String> names) {
    Map<String, StepState> steps = new LinkedHashMap<>();
    List<Trouble> troubles = new ArrayList<>();
    for (String name : names) {
      Optional<WorkflowAction> step = workflow.flatMap(found -> found.action(name));
      steps.put(name, step.map(NightStatus::state).orElse(StepState.OPEN));
      step.flatMap(NightStatus::trouble)
          .ifPresent(reason -> troubles.add(new Trouble(Optional.of(name), reason)));
    }
    if (troubles.isEmpty() && action.status().isFailed()) {
      troubles.add(new Trouble(Optional.empty(), reason(action, workflow)));
    }
    boolean hasFailed = steps.containsValue(StepState.FAILED);
    return new NightStatus(
        date, action, workflow, state(action.status(), hasFailed), steps, troubles);
  }

  private static State state(Status status, boolean stepHasFailed) {
    return switch (status) {
      case WAITING -> State.WAITING;
      case READY, SUBMITTED -> State.QUEUED;
      case RUNNING -> State.RUNNING;
      case SUSPENDED -> State.HELD;
      case SUCCEEDED -> State.DONE;
      case FAILED -> State.FAILED;
      case TIMEDOUT -> State.TIMED_OUT;
      // the end of a workflow that says why, and what a person does, are one word to Oozie
      case KILLED -> stepHasFailed ? State.FAILED : State.ENDED;
      case SKIPPED, IGNORED -> State.SKIPPED;
    };
  }

  private static StepState state(WorkflowAction step) {
    return switch (step.status()) {
      case PREP, RUNNING, DONE, END_RETRY -> StepState.RUNNING;
      // Oozie has given up to start it, or to ask for it, and waits for a person
      case START_MANUAL, END_MANUAL -> StepState.HELD;
      case USER_RETRY, START_RETRY -> StepState.RETRYING;
      case ERROR, FAILED -> StepState.FAILED;
      case KILLED -> StepState.ENDED;
      case OK ->
          switch (step.data().getOrDefault(DATA_STATE, DATA_DONE)) {
            case DATA_DONE -> StepState.DONE;
            case DATA_NO_MODEL -> StepState.NO_MODEL;
            default -> StepState.FAILED;
          };
    };
  }

  private static Optional<String> trouble(WorkflowAction step) {
    return switch (state(step)) {
      case FAILED ->
          Optional.of(
              Optional.ofNullable(step.data().get(DATA_REASON))
                  .or(() -> step.error().map(NightStatus::withoutLauncher))
                  .orElse("it does not say why"));
      case RETRYING ->
          Optional.of(
              "try %d of %d failed: %s"
                  .formatted(
                      Math.max(1, step.tries()),
                      step.most() + 1,
                      step.error()
                          .map(NightStatus::withoutLauncher)
                          .orElse("it does not say why")));
      case HELD -> step.error().map(NightStatus::withoutLauncher);
      case OPEN, RUNNING, DONE, NO_MODEL, ENDED -> Optional.empty();
    };
  }

  private static String withoutLauncher(String error) {
    Matcher launcher = LAUNCHER.matcher(error);
    return launcher.matches() ? launcher.group(1) : error;
  }

  private static String reason(CoordinatorAction action, Optional<Workflow> workflow) {
    if (action.status() == Status.TIMEDOUT) {
      return "what it waited for has not come";
    }
    return workflow.stream()
        .flatMap(found -> found.actions().stream())
        .filter(node -> node.isControl() || node.status().isFailed())
        .flatMap(node -> node.error().stream())
        .reduce((first, last) -> last)
        .or(action::error)
        .orElse("somebody has ended it");
  }

  public boolean isDone() {
    return state == State.DONE;
  }

  /** Whether it is over and has not made what it should have made. */
  public boolean isFailed() {
    return switch (state) {
      case FAILED, TIMED_OUT, ENDED -> true;
      case WAITING, QUEUED, RUNNING, HELD, DONE, SKIPPED -> false;
    };
  }
}
