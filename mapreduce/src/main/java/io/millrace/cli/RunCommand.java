package io.millrace.cli;

import io.millrace.landing.Arrival;
import io.millrace.landing.Arrival.State;
import io.millrace.run.InputMissingException;
import io.millrace.run.InputWait;
import io.millrace.run.RunOptions;
import io.millrace.run.Workspace;
import io.millrace.spec.SourceSpec;
import io.millrace.spec.SourceSpec.Landed.DoneFlag;
import io.millrace.warehouse.LandingPlace;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
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
      "What is up to date is left alone. A run that failed is simply run again.",
      "Where inputs are missing, nothing runs; `millrace backfill` makes what can be made."
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
  @Mixin private ExecutionOptions execution = new ExecutionOptions();

  @Option(
      names = "--allow-no-model",
      description =
          "Count as done what lacks nothing but a version of the registered model: for schedules, whose first nights make what the model is trained on.")
  private boolean allowNoModel;

  @Option(
      names = "--if-landed",
      description =
          "Where the source has a done-flag: count a date whose files lack it as one whose input is missing.")
  private boolean ifLanded;

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
    if (ifLanded) {
      requireFlags(workspace);
    }
    RunOptions options = execution.of(workspace, RunOptions.Missing.STOP);
    PipelineRun run =
        new PipelineRun(console, json, pipelineOptions, workspace).allowingNoModel(allowNoModel);
    try {
      return run.run("run", dates, stages.request(workspace, dates), options).code();
    } finally {
      soFar = run.soFar();
    }
  }

  /** Half a date would become a partition like any other. */
  private void requireFlags(Workspace workspace) throws IOException {
    SourceSpec source = workspace.pipeline().spec().source();
    if (!(source.landed() instanceof DoneFlag)) {
      return;
    }
    for (LocalDate date : dates.first().datesUntil(dates.last().plusDays(1)).toList()) {
      LandingPlace place = InputWait.place(workspace, date);
      State state = new Arrival(source.landed(), place).look(Duration.ZERO);
      if (state instanceof State.Unflagged) {
        throw new InputMissingException(
            "The input of %s has not landed: %s (looked for in %s). Run the same command again when it has."
                .formatted(date, AwaitText.of(state), place));
      }
    }
  }
}
