package io.millrace.cli;

import io.millrace.plan.Plan;
import io.millrace.run.StageTimes;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a run would do. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "plan",
    description =
        "Says what `run` would do: for each stage and date whether it runs or is up to date, and why. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  millrace plan pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --date 2026-11-21",
      "  millrace plan edited.yaml --against pipeline.yaml --set landing=/data/in --set warehouse=/data/wh"
    })
final class PlanCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private DateOptions dates = new DateOptions();
  @Mixin private StageOptions stages = new StageOptions();

  @Option(names = "--verbose", description = "One line a stage and date, however many there are.")
  private boolean verbose;

  @Option(
      names = "--against",
      paramLabel = "OLD",
      description =
          "Say what the way from the spec OLD to PIPELINE would make stale, and what that costs. Without dates: all that stand.")
  private Optional<String> against = Optional.empty();

  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean wantsJson() {
    return json;
  }

  @Override
  public Map<String, Object> soFar() {
    return Map.of();
  }

  @Override
  public Integer call() throws IOException {
    Workspace workspace = pipelineOptions.open();
    if (against.isPresent()) {
      return compare(workspace, pipelineOptions.open(against.get()));
    }
    Plan plan = workspace.plan(stages.request(workspace, dates));
    PlanReport report = new PlanReport(workspace, plan);
    if (json) {
      console.printJson(report.toJson());
    } else {
      report.lines(verbose).forEach(console::print);
    }
    if (!plan.blocked().isEmpty()) {
      new BlockedAdvice(workspace, plan, "run", pipelineOptions, dates)
          .lines()
          .forEach(console::say);
      return ExitCode.INPUT_MISSING.code();
    }
    return ExitCode.DONE.code();
  }

  private int compare(Workspace workspace, Workspace other) throws IOException {
    SortedSet<LocalDate> standing = workspace.dates();
    if (standing.isEmpty() && !dates.isGiven()) {
      console.print("Nothing stands yet, so an edit costs nothing.");
      return ExitCode.DONE.code();
    }
    LocalDate from = workspace.pipeline().spec().source().from();
    LocalDate asked = dates.isGiven() ? dates.first() : standing.first();
    LocalDate first = asked.isBefore(from) ? from : asked;
    LocalDate last = dates.isGiven() ? dates.last() : standing.last();
    if (last.isBefore(first)) {
      throw new UsageException(
          "Cannot compare from %s to %s: the first date lies behind the last."
              .formatted(first, last));
    }
    SpecChangeReport report =
        new SpecChangeReport(
            workspace.changeFrom(other, first, last), StageTimes.of(workspace.warehouse()));
    if (json) {
      console.printJson(report.toJson());
    } else {
      report.lines().forEach(console::print);
    }
    return ExitCode.DONE.code();
  }
}
