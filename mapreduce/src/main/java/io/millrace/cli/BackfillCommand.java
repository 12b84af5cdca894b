package io.millrace.cli;

import io.millrace.run.RunOptions;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes what can be made of a range of dates. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "backfill",
    description = {
      "Makes all that is missing or stale of a range of dates, and of the earlier dates that these read; days and stages that do not wait for each other run side by side.",
      "Dates whose input is not there are passed over and told of at the end. Interrupted or killed, it goes on where it was when it is run again."
    },
    footer = {
      "",
      "Example:",
      "  millrace backfill pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --from 2026-01-01 --to 2026-11-21 --parallel 8"
    })
final class BackfillCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private DateOptions dates = new DateOptions();
  @Mixin private StageOptions stages = new StageOptions();
  @Mixin private ExecutionOptions execution = new ExecutionOptions();

  @Option(names = "--json", description = "Print what was done as JSON.")
  private boolean json;

  private Map<String, Object> soFar = Map.of("ran", List.of());

  BackfillCommand(Console console) {
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
    RunOptions options = execution.of(workspace, RunOptions.Missing.PASS_OVER);
    PipelineRun run = new PipelineRun(console, json, pipelineOptions, workspace);
    try {
      return run.run(
              "backfill", dates, stages.request(workspace, dates).withEarlierDates(), options)
          .code();
    } finally {
      soFar = run.soFar();
    }
  }
}
