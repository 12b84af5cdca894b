package io.millrace.cli;

import io.millrace.plan.Plan;
import io.millrace.run.Workspace;
import java.io.IOException;
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
      "Example:  millrace plan pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --date 2026-11-21"
    })
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private DateOptions dates = new DateOptions();
  @Mixin private StageOptions stages = new StageOptions();

  @Option(names = "--verbose", description = "One line a stage and date, however many there are.")
  private boolean verbose;

  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Workspace workspace = pipelineOptions.open();
    Plan plan = workspace.plan(stages.request(workspace, dates));
    PlanReport report = new PlanReport(workspace, plan);
    if (json) {
      console.printJson(report.toJson());
    } else {
      report.lines(verbose).forEach(console::print);
    }
    if (!plan.blocked().isEmpty()) {
      new BlockedAdvice(plan, pipelineOptions, dates).lines().forEach(console::say);
      return ExitCode.INPUT_MISSING.code();
    }
    return ExitCode.DONE.code();
  }
}
