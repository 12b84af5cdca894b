package io.millrace.run;

import io.millrace.plan.Decision;
import io.millrace.plan.MissingInput;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Reason;
import io.millrace.warehouse.LeaseHolder;
import io.millrace.warehouse.RunRecord;
import io.millrace.warehouse.RunRecords;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
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
  private final Duration patience;
  private final Clock clock;
  private final String run;

  /**
   * A runner of one run.
   *
   * @param command what was asked for, for the record
   * @param version of Millrace, for the record
   * @param patience how long to wait for another run that works on the same stage and date
   */
  public PipelineRunner(
      Workspace workspace,
      RunListener listener,
      String command,
      String version,
      Duration patience) {
    this.workspace = workspace;
    this.listener = listener;
    this.command = command;
    this.version = version;
    this.patience = patience;
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
    try (StopSignal stop = StopSignal.ofProcess();
        StageRunner runner =
            new StageRunner(
                workspace, new RunContext(run, command, patience, stop), PlanAgain.in(workspace))) {
      runner.settleLeftovers();
      Plan plan = workspace.plan(request);
      listener.planned(plan);
      requireInputs(plan);
      if (!plan.toRun().isEmpty()) {
        run(plan.toRun(), runner);
      }
    }
  }

  private void run(List<PlannedStage> stages, StageRunner runner)
      throws IOException, InterruptedException {
    Instant started = clock.instant();
    List<RunRecord.StageRecord> records = new ArrayList<>();
    Optional<Exception> failure = Optional.empty();
    try {
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
          StageOutcome outcome = runner.run(stage, new Progress(stage));
          if (outcome instanceof StageOutcome.Made made) {
            records.add(done(stage, made.result()));
            listener.finished(stage, made.result());
          } else if (outcome instanceof StageOutcome.FoundDone found) {
            records.add(foundDone(stage, found));
            listener.foundDone(stage, found.run());
          }
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

  /** Passes on what is heard of a stage. */
  private final class Progress implements JobRunner.Progress {
    private final PlannedStage stage;

    Progress(PlannedStage stage) {
      this.stage = stage;
    }

    @Override
    public void at(float mapShare, float reduceShare) {
      listener.progressed(stage, mapShare, reduceShare);
    }

    @Override
    public void waitsFor(LeaseHolder other) {
      listener.waiting(stage, other);
    }
  }

  private static RunRecord.StageRecord foundDone(PlannedStage stage, StageOutcome.FoundDone found) {
    return new RunRecord.StageRecord(
        stage.stage().toString(),
        stage.date(),
        RunRecord.State.UP_TO_DATE,
        "made meanwhile by run " + found.run(),
        new TreeMap<>(),
        null);
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
