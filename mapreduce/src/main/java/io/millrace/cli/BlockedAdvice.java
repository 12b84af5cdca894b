package io.millrace.cli;

import io.millrace.plan.Decision;
import io.millrace.plan.MissingInput;
import io.millrace.plan.MissingModel;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Reason;
import io.millrace.run.Workspace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is missing for a plan, and the command that makes it. */
final class BlockedAdvice {
  private static final int MOST_LISTED = 20;

  private static final String RAW = "raw";

  private final Workspace workspace;
  private final Plan plan;
  private final String command;
  private final PipelineOptions pipeline;
  private final DateOptions dates;

  /**
   * @param command that could not be carried out: {@code run}
   */
  BlockedAdvice(
      Workspace workspace, Plan plan, String command, PipelineOptions pipeline, DateOptions dates) {
    this.workspace = workspace;
    this.plan = plan;
    this.command = command;
    this.pipeline = pipeline;
    this.dates = dates;
  }

  List<String> lines() {
    Set<MissingInput> missing = new LinkedHashSet<>();
    for (PlannedStage stage : plan.blocked()) {
      if (stage.decision() instanceof Decision.Blocked blocked) {
        missing.addAll(blocked.missing());
      }
    }
    List<String> told = new ArrayList<>(rawInput(missing));
    told.addAll(
        MissingInput.together(
            missing.stream().filter(input -> !input.dataSet().equals(RAW)).toList()));
    List<String> lines = new ArrayList<>();
    lines.add("Inputs are missing:");
    told.stream().limit(MOST_LISTED).map(line -> "  " + line).forEach(lines::add);
    if (told.size() > MOST_LISTED) {
      lines.add("  … and %d more".formatted(told.size() - MOST_LISTED));
    }
    if (missing.stream().anyMatch(input -> !MissingModel.isPlace(input.dataSet()))) {
      lines.add(dataAdvice(missing));
    }
    modelAdvice(missing).ifPresent(lines::add);
    return lines;
  }

  private String dataAdvice(Set<MissingInput> missing) {
    return plan.earlierDates()
        .filter(range -> missing.stream().anyMatch(BlockedAdvice::canBeMade))
        .map(
            range ->
                "Make them first:  millrace backfill %s --from %s --to %s   (or add --with-history to: millrace %s %s %s)"
                    .formatted(
                        pipeline.commandLine(),
                        range.first(),
                        range.last(),
                        command,
                        pipeline.commandLine(),
                        dates.commandLine()))
        .orElse(
            "Run the same command when the input has landed; where its absence means that there was nothing, say `missing: empty` under `source`.");
  }

  /** A version that was trained on the first date without one serves all that lack one. */
  private Optional<String> modelAdvice(Set<MissingInput> missing) {
    return missing.stream()
        .filter(input -> MissingModel.isPlace(input.dataSet()))
        .map(MissingInput::date)
        .min(Comparator.naturalOrder())
        .map(
            first ->
                "Train a version first:  millrace train %s --date %s   (which there are: millrace models list %s)"
                    .formatted(pipeline.commandLine(), trainable(first), pipeline.commandLine()));
  }

  private LocalDate trainable(LocalDate date) {
    return workspace
        .pipeline()
        .training()
        .map(training -> training.snapshots().firstTrainingDate())
        .filter(date::isBefore)
        .orElse(date);
  }

  private static boolean canBeMade(MissingInput input) {
    return !input.dataSet().equals(RAW) && input.why().kind() != Reason.Kind.NO_SOURCE;
  }

  private List<String> rawInput(Set<MissingInput> missing) {
    List<MissingInput> raw = missing.stream().filter(input -> input.dataSet().equals(RAW)).toList();
    return MissingInput.together(raw).stream()
        .map(
            line ->
                "%s (looked for in %s%s)"
                    .formatted(
                        line,
                        workspace.rawPlace(raw.get(0).date()),
                        raw.size() > 1 ? " and so on" : ""))
        .toList();
  }
}
