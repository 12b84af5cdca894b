package io.millrace.cli;

import io.millrace.plan.Decision;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedStage;
import io.millrace.run.MapPlaces;
import io.millrace.run.RunListener;
import io.millrace.run.StageResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a person how a run goes, and sums it up. */
final class RunReport implements RunListener {
  private final Console console;
  private final boolean talkative;
  private final List<Map<String, Object>> done = new ArrayList<>();
  private final SetAside setAside = new SetAside();
  private int toRun;
  private int upToDate;
  private double seconds;
  private MapPlaces maps = MapPlaces.NONE;

  RunReport(Console console, boolean talkative) {
    this.console = console;
    this.talkative = talkative;
  }

  @Override
  public void planned(Plan plan) {
    toRun = plan.toRun().size();
    for (PlannedStage stage : plan.stages()) {
      if (stage.decision() instanceof Decision.UpToDate) {
        upToDate++;
      } else if (stage.decision() instanceof Decision.UpToDateSourceGone gone) {
        upToDate++;
        gone.reason()
            .ifPresent(
                reason -> console.say("Warning: " + name(stage) + ": " + reason.shortText()));
      }
    }
  }

  @Override
  public void started(PlannedStage stage) {
    console.status("%s  …".formatted(position(stage)));
  }

  @Override
  public void progressed(PlannedStage stage, float mapShare, float reduceShare) {
    console.status(
        String.format(
            Locale.ROOT,
            "%s  map %.0f%%, reduce %.0f%%",
            position(stage),
            100 * mapShare,
            100 * reduceShare));
  }

  @Override
  public void leftOut(PlannedStage stage, String reason) {
    if (talkative) {
      console.say("%s  left out: %s".formatted(position(stage), reason));
    }
    toRun--;
  }

  @Override
  public void finished(PlannedStage stage, StageResult result) {
    String position = position(stage);
    seconds += result.seconds();
    maps = maps.plus(MapPlaces.of(result.counts()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("date", stage.date().toString());
    json.put("stage", stage.stage().toString());
    json.put("reason", PlanReport.reason(stage.decision()));
    json.put("seconds", Math.round(1000 * result.seconds()) / 1000.0);
    json.put("counts", result.counts());
    if (!result.quarantined().isEmpty()) {
      json.put("quarantined", result.quarantined());
    }
    json.put("notes", result.notes());
    done.add(json);
    if (talkative) {
      console.say(
          String.format(
              Locale.ROOT,
              "%s  %s  %.1f s",
              position,
              CountText.of(stage.stage(), result.counts()),
              result.seconds()));
    }
    result.notes().forEach(note -> console.say("Warning: " + name(stage) + ": " + note));
    setAside
        .add(stage, result)
        .ifPresent(warning -> console.say("Warning: " + name(stage) + ": " + warning));
  }

  List<String> summary() {
    if (done.isEmpty()) {
      return List.of("Up to date: all %d stages.".formatted(upToDate));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Done: %d run in %.1f s, %d were up to date.",
            done.size(),
            seconds,
            upToDate));
    if (!maps.equals(MapPlaces.NONE)) {
      lines.add("Map tasks: " + maps + ".");
    }
    return lines;
  }

  /** What was set aside, and the command that shows it. */
  List<String> setAside(String commandLine) {
    return setAside.lines(commandLine);
  }

  Map<String, Object> toJson(String run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run);
    json.put("ran", done);
    json.put("upToDate", upToDate);
    if (!maps.equals(MapPlaces.NONE)) {
      json.put("maps", maps);
    }
    return json;
  }

  private String position(PlannedStage stage) {
    return "[%d/%d] %s".formatted(Math.min(done.size() + 1, toRun), toRun, name(stage));
  }

  private static String name(PlannedStage stage) {
    return stage.stage() + "/dt=" + stage.date();
  }
}
