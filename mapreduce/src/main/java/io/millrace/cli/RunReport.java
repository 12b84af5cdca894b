package io.millrace.cli;

import io.millrace.plan.Decision;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedStage;
import io.millrace.run.RunListener;
import io.millrace.run.StageEnd;
import io.millrace.run.StageResult;
import io.millrace.warehouse.LeaseHolder;
import io.millrace.warehouse.RunRecord;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a person how a run goes, and sums it up. Thread-safe. */
final class RunReport implements RunListener {
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Console console;
  private final boolean talkative;
  private final RunTotals totals = new RunTotals();
  private final RunningStages running = new RunningStages();
  private final SetAside setAside = new SetAside();
  private int toRun;
  private int over;
  private long started = System.nanoTime();

  RunReport(Console console, boolean talkative) {
    this.console = console;
    this.talkative = talkative;
  }

  @Override
  public synchronized void planned(Plan plan) {
    started = System.nanoTime();
    toRun = plan.toRun().size();
    totals.blocked(plan);
    for (PlannedStage stage : plan.stages()) {
      if (stage.decision() instanceof Decision.UpToDate) {
        totals.upToDate();
      } else if (stage.decision() instanceof Decision.UpToDateSourceGone gone) {
        totals.upToDate();
        gone.reason()
            .ifPresent(
                reason -> console.say("Warning: " + name(stage) + ": " + reason.shortText()));
      }
    }
  }

  @Override
  public synchronized void started(PlannedStage stage) {
    running.started(name(stage));
    showRunning();
  }

  @Override
  public synchronized void progressed(PlannedStage stage, float mapShare, float reduceShare) {
    running.progressed(name(stage), mapShare, reduceShare);
    showRunning();
  }

  @Override
  public synchronized void says(PlannedStage stage, String text) {
    tell(stage, text);
    showRunning();
  }

  private void showRunning() {
    if (!running.isEmpty()) {
      console.status("%s %s".formatted(position(), running.text()));
    }
  }

  @Override
  public synchronized void waits(PlannedStage stage, LeaseHolder other) {
    console.say("%s  waits: %s is at work on it".formatted(name(stage), other));
    showRunning();
  }

  @Override
  public synchronized void triesAgain(
      PlannedStage stage, RunRecord.Retry retry, int left, Duration pause) {
    totals.triedAgain(stage, retry);
    console.say(
        String.format(
            Locale.ROOT,
            "%s  failed and is tried again in %.0f s (%s after that): %s",
            name(stage),
            pause.toMillis() / MILLIS_PER_SECOND,
            left == 1 ? "1 more time" : left + " more times",
            retry.reason()));
    showRunning();
  }

  @Override
  public synchronized void ended(PlannedStage stage, StageEnd end) {
    running.ended(name(stage));
    totals.ended(stage, end);
    if (end instanceof StageEnd.Made made) {
      finished(stage, made.result());
    } else if (end instanceof StageEnd.FoundDone found) {
      tell(stage, "run %s has made it meanwhile".formatted(found.run()));
    } else if (end instanceof StageEnd.LeftOut leftOut) {
      tell(stage, "left out: " + leftOut.reason());
      toRun--;
      over--;
    } else if (end instanceof StageEnd.Failed failed) {
      String reason = RunTotals.reason(failed).lines().findFirst().orElse("");
      String prefix = name(stage) + ": ";
      tell(
          stage,
          "failed: " + (reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason));
    }
    over++;
    showRunning();
  }

  private void tell(PlannedStage stage, String what) {
    if (talkative) {
      console.say("%s %s  %s".formatted(position(), name(stage), what));
    }
  }

  private void finished(PlannedStage stage, StageResult result) {
    tell(
        stage,
        String.format(
            Locale.ROOT,
            "%s%s  %.1f s",
            result.madeOf().map(prepared -> prepared.text() + ": ").orElse(""),
            CountText.of(stage.stage(), result.counts()),
            result.seconds()));
    result.notes().forEach(note -> console.say("Warning: " + name(stage) + ": " + note));
    setAside
        .add(stage, result)
        .ifPresent(warning -> console.say("Warning: " + name(stage) + ": " + warning));
  }

  /** The summary of a run without failures. */
  synchronized List<String> summary() {
    return totals.summary(seconds());
  }

  /** What a run that failed has done all the same, and what it has not; its reason comes last. */
  synchronized List<String> failure() {
    return totals.failure(seconds(), toRun);
  }

  /** What was passed over as its inputs are missing; nothing where nothing was. */
  synchronized List<String> passedOver() {
    return totals.passedOver();
  }

  private double seconds() {
    return (System.nanoTime() - started) / NANOS_PER_SECOND;
  }

  /** What was set aside, and the command that shows it. */
  synchronized List<String> setAside(String commandLine) {
    return setAside.lines(commandLine);
  }

  synchronized Map<String, Object> toJson(String run) {
    return totals.toJson(run);
  }

  private String position() {
    return "[%d/%d]".formatted(Math.min(over + 1, toRun), toRun);
  }

  static String name(PlannedStage stage) {
    return stage.stage() + "/dt=" + stage.date();
  }
}
