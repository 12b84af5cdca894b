package io.millrace.cli;

import io.millrace.run.BlockedException;
import io.millrace.run.PipelineRunner;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes what is missing or stale. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "run",
    description = {
      "Makes what is missing or stale of one date, or of a range of dates, oldest first.",
      "What is up to date is left alone. A run that failed is simply run again."
    },
    footer = {
      "",
      "Examples:",
      "  millrace run pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --date 2026-11-21",
      "  millrace run pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --from 2026-11-01 --to 2026-11-21",
      "  millrace run pipeline.yaml … --date 2026-11-21 --stage clean --force"
    })
final class RunCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private DateOptions dates = new DateOptions();
  @Mixin private StageOptions stages = new StageOptions();
  @Mixin private WaitOptions wait = new WaitOptions();

  @Option(names = "--json", description = "Print what was done as JSON.")
  private boolean json;

  private Map<String, Object> soFar = Map.of("ran", List.of());

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean wantsJson() {
    return json;
  }

  @Override
  public Map<String, Object> soFar() {
    return soFar;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Workspace workspace = pipelineOptions.open();
    RunReport report = new RunReport(console, !json);
    PipelineRunner runner =
        new PipelineRunner(
            workspace,
            report,
            "run " + pipelineOptions.commandLine() + " " + dates.commandLine(),
            Version.text(),
            wait.duration());
    try {
      runner.run(stages.request(workspace, dates));
    } catch (BlockedException e) {
      return blocked(workspace, e, report.toJson(runner.run()));
    } finally {
      soFar = report.toJson(runner.run());
    }
    if (json) {
      console.printJson(soFar);
    } else {
      report.setAside(pipelineOptions.commandLine()).forEach(console::say);
      report.summary().forEach(console::print);
    }
    return ExitCode.DONE.code();
  }

  private int blocked(Workspace workspace, BlockedException e, Map<String, Object> ran) {
    List<String> advice = new BlockedAdvice(workspace, e.plan(), pipelineOptions, dates).lines();
    if (json) {
      console.printJson(
          JsonResult.failed(ran, ExitCode.INPUT_MISSING, String.join("\n", advice), List.of()));
    }
    advice.forEach(console::say);
    return ExitCode.INPUT_MISSING.code();
  }
}
