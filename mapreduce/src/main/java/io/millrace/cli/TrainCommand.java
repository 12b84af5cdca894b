package io.millrace.cli;

import io.millrace.pipeline.Training;
import io.millrace.plan.PlanRequest;
import io.millrace.run.RunOptions;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "train",
    description = {
      "Makes the training set of a date from the history before it, fits the model of `train`, measures it, and registers it as a version.",
      "What is up to date is left alone; a fit that was killed goes on where it was. Clean records and features that are missing or stale are made with --with-history."
    },
    footer = {
      "",
      "Examples:",
      "  millrace train pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --date 2026-11-21",
      "  millrace train pipeline.yaml … --date 2026-11-21 --with-history"
    })
final class TrainCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private DateOptions dates = new DateOptions();
  @Mixin private ExtentOptions extent = new ExtentOptions();
  @Mixin private ExecutionOptions execution = new ExecutionOptions();

  @Option(names = "--json", description = "Print what was done as JSON.")
  private boolean json;

  private Map<String, Object> soFar = Map.of("ran", List.of());

  TrainCommand(Console console) {
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
    PlanRequest request = extent.request(workspace, dates, new PlanRequest.Stages.Train());
    requireSnapshots(workspace, request.first());
    RunOptions options = execution.of(workspace, RunOptions.Missing.STOP);
    PipelineRun run = new PipelineRun(console, json, pipelineOptions, workspace);
    try {
      ExitCode code = run.run("train", dates, request, options);
      if (code == ExitCode.DONE && !json) {
        show(workspace, request);
      }
      return code.code();
    } finally {
      soFar = run.soFar();
    }
  }

  private void show(Workspace workspace, PlanRequest request) throws IOException {
    for (LocalDate date : request.first().datesUntil(request.last().plusDays(1)).toList()) {
      console.print("");
      EvaluationTable.read(workspace, date).lines().forEach(console::print);
    }
  }

  private static void requireSnapshots(Workspace workspace, LocalDate date) {
    Training training =
        workspace
            .pipeline()
            .training()
            .orElseThrow(
                () ->
                    new UsageException(
                        "Cannot train: the pipeline has no `train`. Add it: `millrace reference train` says what it takes."));
    if (training.snapshots().dates(date).isEmpty()) {
      throw new UsageException(
          "Cannot train on %s: none of the snapshot dates has labels that are known by then. The first date that has any is %s."
              .formatted(date, training.snapshots().firstTrainingDate()));
    }
  }
}
