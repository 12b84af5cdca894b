package io.millrace.run;

import io.millrace.plan.Decision;
import io.millrace.plan.MissingInput;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Reason;
import io.millrace.warehouse.Committer;
import io.millrace.warehouse.RunRecord;
import io.millrace.warehouse.RunRecords;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out a plan, stage after stage, and leaves a record of the run. */
public final class PipelineRunner {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final Workspace workspace;
  private final RunListener listener;
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
  public PipelineRunner(Workspace workspace, RunListener listener, String command, String version) {
    this.workspace = workspace;
    this.listener = listener;
    this.command = command;
    this.version = version;
    clock = Clock.systemUTC();
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    run = RUN_TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(random);
  }

  /** The name of this run. */
  public String run() {
    return run;
  }

  /**
   * Runs all that has to run for a request. A failure ends the run; what was published before
   * stays.
   *
   * @throws BlockedException where inputs are missing, before anything runs
   */
  public void run(PlanRequest request) throws IOException, InterruptedException {
    Plan plan = planOnSettledGround(request);
    listener.planned(plan);
    requireInputs(plan);
    List<PlannedStage> stages = plan.toRun();
    if (stages.isEmpty()) {
      return;
    }
    Instant started = clock.instant();
    List<RunRecord.StageRecord> records = new ArrayList<>();
    Optional<Exception> failure = Optional.empty();
    try {
      StageRunner runner = new StageRunner(workspace, run);
      for (PlannedStage stage : stages) {
        if (stage.decision() instanceof Decision.Open) {
          Optional<String> notNeeded = JoinInputs.of(workspace, stage).leftOut();
          if (notNeeded.isPresent()) {
            listener.leftOut(stage, notNeeded.get());
            continue;
          }
        }
        listener.started(stage);
        try {
          StageResult result =
              runner.run(stage, (map, reduce) -> listener.progressed(stage, map, reduce));
          records.add(done(stage, result));
          listener.finished(stage, result);
        } catch (IOException | RuntimeException | InterruptedException e) {
          records.add(failed(stage, e));
          failure = Optional.of(e);
          throw e;
        }
      }
    } finally {
      record(
          new RunRecord(
              run,
              started,
              clock.instant(),
              command,
              workspace.pipeline().spec().name().value(),
              version,
              records),
          failure);
    }
  }

  /** Where even the record cannot be written, what went wrong first is what its reader needs. */
  private void record(RunRecord record, Optional<Exception> failure) throws IOException {
    try {
      new RunRecords(workspace.warehouse()).write(record);
    } catch (IOException e) {
      if (failure.isEmpty()) {
        throw e;
      }
      failure.get().addSuppressed(e);
    }
  }

  /** The plan, made when what dead runs left behind of its stages has been finished or undone. */
  private Plan planOnSettledGround(PlanRequest request) throws IOException {
    Committer committer = new Committer(workspace.warehouse());
    Plan plan = workspace.plan(request);
    boolean changed = false;
    for (PlannedStage stage : plan.toRun()) {
      changed |= committer.recover(stage.stage(), stage.date());
    }
    return changed ? workspace.plan(request) : plan;
  }

  private static RunRecord.StageRecord done(PlannedStage stage, StageResult result) {
    return new RunRecord.StageRecord(
        stage.stage().toString(),
        stage.date(),
        RunRecord.State.DONE,
        reason(stage),
        result.counts(),
        result.seconds());
  }

  private static RunRecord.StageRecord failed(PlannedStage stage, Exception e) {
    return new RunRecord.StageRecord(
        stage.stage().toString(),
        stage.date(),
        RunRecord.State.FAILED,
        e.getMessage() == null ? e.toString() : e.getMessage(),
        new TreeMap<>(),
        null);
  }

  private static String reason(PlannedStage stage) {
    boolean runs =
        stage.decision() instanceof Decision.Run || stage.decision() instanceof Decision.Open;
    return runs ? stage.decision().reason().map(Reason::toString).orElse("") : "";
  }

  private static void requireInputs(Plan plan) {
    List<MissingInput> missing = new ArrayList<>();
    for (PlannedStage stage : plan.blocked()) {
      if (stage.decision() instanceof Decision.Blocked blocked) {
        blocked.missing().stream().filter(input -> !missing.contains(input)).forEach(missing::add);
      }
    }
    if (!missing.isEmpty()) {
      throw new BlockedException(plan, missing);
    }
  }
}
