package io.millrace.cli;

import io.millrace.plan.Decision;
import io.millrace.plan.MissingInput;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedStage;
import io.millrace.run.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is missing for a plan, and the command that makes it. */
final class BlockedAdvice {
  private static final int MOST_LISTED = 20;

  private static final String RAW = "raw";

  private final Workspace workspace;
  private final Plan plan;
  private final PipelineOptions pipeline;
  private final DateOptions dates;

  BlockedAdvice(Workspace workspace, Plan plan, PipelineOptions pipeline, DateOptions dates) {
    this.workspace = workspace;
    this.plan = plan;
    this.pipeline = pipeline;
    this.dates = dates;
  }

  private String line(MissingInput input) {
    return input.dataSet().equals(RAW)
        ? "%s (looked for in %s)".formatted(input, workspace.rawPlace(input.date()))
        : input.toString();
  }

  List<String> lines() {
    Set<String> missing = new LinkedHashSet<>();
    for (PlannedStage stage : plan.blocked()) {
      if (stage.decision() instanceof Decision.Blocked blocked) {
        blocked.missing().stream().map(this::line).forEach(missing::add);
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("Inputs are missing:");
    missing.stream().limit(MOST_LISTED).map(line -> "  " + line).forEach(lines::add);
    if (missing.size() > MOST_LISTED) {
      lines.add("  … and %d more".formatted(missing.size() - MOST_LISTED));
    }
    lines.add(
        plan.earlierDates()
            .map(
                range ->
                    "Make them first:  millrace run %s --from %s --to %s   (or add --with-history to: millrace run %s %s)"
                        .formatted(
                            pipeline.commandLine(),
                            range.first(),
                            range.last(),
                            pipeline.commandLine(),
                            dates.commandLine()))
            .orElse(
                "Run the same command when the input has landed; where its absence means that there was nothing, say `missing: empty` under `source`."));
    return lines;
  }
}
