package io.millrace.run;

import io.millrace.plan.Decision;
import io.millrace.plan.Fusion;
import io.millrace.plan.MissingInput;
import io.millrace.plan.MissingModel;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageGraph;
import io.millrace.warehouse.OldRuns;
import io.millrace.warehouse.RunRecord;
import io.millrace.warehouse.RunRecords;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a plan: oldest date first, stages side by side where they do not wait for each other.
 * Leaves a record of the run.
 */
public final class PipelineRunner {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRunner.class);

  private final Workspace workspace;
  private final RunListener listener;
  private final RunOptions options;
  private final String command;
  private final String version;
  private final Clock clock;
  private final String run;

  /**
   * A runner of one run.
   *
   * @param command what was asked for, for the record
   * @param version of Millrace, for the record
   */
  public PipelineRunner(
      Workspace workspace,
      RunListener listener,
      RunOptions options,
      String command,
      String version) {
    this.workspace = workspace;
    this.listener = listener;
    this.options = options;
    this.command = command;
    this.version = version;
    clock = Clock.systemUTC();
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    run = OldRuns.name(clock.instant(), HexFormat.of().formatHex(random));
  }

  /** The name of this run. */
  public String run() {
    return run;
  }

  /**
   * Runs all that has to run for a request. A stage that fails stops what hangs on it, and nothing
   * else; then the first failure in the order of the plan is thrown. What was published stays.
   *
   * @throws BlockedException where inputs are missing: before anything runs, or after all else has
   *     run, as the options say
   * @throws InterruptedException where the thread was interrupted: jobs were ended, and what was
   *     not published is discarded
   */
  public void run(PlanRequest request) throws IOException, InterruptedException {
    try (StageRunner runner =
        new StageRunner(
            workspace,
            new RunContext(run, command, options.parallel(), options.patience()),
            PlanAgain.in(workspace, request))) {
      run(request, runner);
    }
  }

  private void run(PlanRequest request, StageRunner runner)
      throws IOException, InterruptedException {
    runner.settleLeftovers();
    Plan plan = workspace.plan(request);
    listener.planned(plan);
    List<MissingInput> missing = missing(plan);
    // a model is trained on what the nights before it have made
    boolean isDataMissing =
        missing.stream().anyMatch(input -> !MissingModel.isPlace(input.dataSet()));
    if (isDataMissing && options.missing() == RunOptions.Missing.STOP) {
      throw new BlockedException(plan, missing);
    }
    if (!plan.toRun().isEmpty()) {
      StageGraph graph = StageGraph.of(plan, workspace.outline());
      runner.expect(graph);
      carryOut(inOrder(graph), workspace.fusion(plan), runner);
    }
    if (!missing.isEmpty()) {
      throw new BlockedException(plan, missing);
    }
  }

  /** On a cluster there is room for all that is ready; here the order decides who fills gaps. */
  private StageGraph inOrder(StageGraph graph) {
    boolean isShared = options.parallel() > 1 && LocalRuntime.isLocal(workspace.configuration());
    return isShared ? graph.longestFirst() : graph;
  }

  private void carryOut(StageGraph graph, Fusion fusion, StageRunner runner)
      throws IOException, InterruptedException {
    RunLog log =
        new RunLog(
            new RunRecords(workspace.warehouse())::write,
            new RunRecord(
                run,
                clock.instant(),
                null,
                command,
                workspace.pipeline().spec().name().value(),
                version,
                List.of()),
            clock);
    StageRun stages =
        new StageRun(
            workspace,
            graph,
            fusion,
            options,
            listener,
            log,
            runner,
            new StageTries(
                options.retries(), clock, new SecureRandom()::nextDouble, StageRun::sleep));
    try {
      stages.run();
    } finally {
      log.finish();
    }
    deleteOldRuns();
  }

  private void deleteOldRuns() {
    Duration keep = Duration.ofDays(workspace.pipeline().spec().runs().keepDays());
    try {
      OldRuns old = new OldRuns(workspace.warehouse());
      List<String> deleted = old.delete(clock.instant(), keep);
      old.deleteFits(clock.instant(), keep);
      LOG.debug("Deleted what was kept of the runs {}", deleted);
    } catch (IOException e) {
      LOG.warn("Cannot delete what is kept of old runs, a later run will: {}", e.getMessage());
    }
  }

  private static List<MissingInput> missing(Plan plan) {
    List<MissingInput> missing = new ArrayList<>();
    for (PlannedStage stage : plan.blocked()) {
      if (stage.decision() instanceof Decision.Blocked blocked) {
        blocked.missing().stream().filter(input -> !missing.contains(input)).forEach(missing::add);
      }
    }
    return missing;
  }
}
