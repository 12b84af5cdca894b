package io.millrace.cli;

import io.millrace.plan.MissingModel;
import io.millrace.plan.PlanRequest;
import io.millrace.run.BlockedException;
import io.millrace.run.PipelineRunner;
import io.millrace.run.RunOptions;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A run and what is told of it: what {@code run}, {@code backfill} and {@code train} have in
 * common.
 */
final class PipelineRun {
  private final Console console;
  private final boolean json;
  private final PipelineOptions pipeline;
  private final Workspace workspace;
  private final RunReport report;
  private boolean noModelIsFine;
  private Map<String, Object> soFar = Map.of("ran", List.of());

  PipelineRun(Console console, boolean json, PipelineOptions pipeline, Workspace workspace) {
    this.console = console;
    this.json = json;
    this.pipeline = pipeline;
    this.workspace = workspace;
    report = new RunReport(console, !json);
  }

  /** Lets a run count as done that lacks nothing but a version of the registered model. */
  PipelineRun allowingNoModel(boolean allowed) {
    noModelIsFine = allowed;
    return this;
  }

  /** What was done, also of a run that failed. */
  Map<String, Object> soFar() {
    return soFar;
  }

  /**
   * Runs a request.
   *
   * @param command its name and dates, as they were written
   */
  ExitCode run(String command, DateOptions dates, PlanRequest request, RunOptions options)
      throws IOException, InterruptedException {
    PipelineRunner runner =
        new PipelineRunner(
            workspace,
            report,
            options,
            command + " " + pipeline.commandLine() + " " + dates.commandLine(),
            Version.text());
    try {
      runner.run(request);
    } catch (BlockedException e) {
      soFar = report.toJson(runner.run());
      return blocked(e, command, dates);
    } catch (IOException | RuntimeException | InterruptedException e) {
      soFar = report.toJson(runner.run());
      report.passedOver().forEach(console::say);
      report.failure().forEach(console::say);
      throw e;
    }
    soFar = report.toJson(runner.run());
    return done();
  }

  private ExitCode done() {
    if (json) {
      console.printJson(soFar);
    } else {
      report.setAside(pipeline.commandLine()).forEach(console::say);
      report.summary().forEach(console::print);
    }
    return ExitCode.DONE;
  }

  private ExitCode blocked(BlockedException e, String command, DateOptions dates) {
    boolean lacksModelAlone =
        e.missing().stream().allMatch(input -> MissingModel.isPlace(input.dataSet()));
    if (noModelIsFine && lacksModelAlone) {
      ExitCode code = done();
      console.say("No version of the model can score this yet; all else is made.");
      return code;
    }
    List<String> advice = new BlockedAdvice(workspace, e.plan(), command, pipeline, dates).lines();
    if (json) {
      console.printJson(
          JsonResult.failed(soFar, ExitCode.INPUT_MISSING, String.join("\n", advice), List.of()));
    }
    report.failure().forEach(console::say);
    advice.forEach(console::say);
    return ExitCode.INPUT_MISSING;
  }
}
