package io.millrace.cli;

import io.millrace.plan.Dates;
import io.millrace.plan.Decision;
import io.millrace.plan.MissingInput;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedStage;
import io.millrace.run.MapPlaces;
import io.millrace.run.StageEnd;
import io.millrace.run.StageResult;
import io.millrace.warehouse.RunRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of all stages of a run. */
final class RunTotals {
  private static final int MOST_CAUSES = 20;

  private final List<Map<String, Object>> made = new ArrayList<>();
  private final List<Map<String, Object>> foundDone = new ArrayList<>();
  private final List<Map<String, Object>> failed = new ArrayList<>();
  private final List<Map<String, Object>> interrupted = new ArrayList<>();
  private final List<Map<String, Object>> notRun = new ArrayList<>();
  private final List<Map<String, Object>> blocked = new ArrayList<>();
  private final List<MissingInput> missing = new ArrayList<>();

  /** The dates of stages that were not run, by the stage that they hang on. */
  private final Map<String, Map<String, List<LocalDate>>> lost = new LinkedHashMap<>();

  private final Map<String, List<Map<String, Object>>> retries = new HashMap<>();
  private MapPlaces maps = MapPlaces.NONE;
  private int retried;
  private int upToDate;
  private int over;

  void upToDate() {
    upToDate++;
  }

  /** Notes what the plan cannot make. */
  void blocked(Plan plan) {
    for (PlannedStage stage : plan.blocked()) {
      if (stage.decision() instanceof Decision.Blocked decision) {
        decision.missing().stream().filter(input -> !missing.contains(input)).forEach(missing::add);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("date", stage.date().toString());
        json.put("stage", stage.stage().toString());
        json.put("missing", decision.missing().stream().map(MissingInput::toString).toList());
        blocked.add(json);
      }
    }
  }

  List<String> passedOver() {
    if (blocked.isEmpty()) {
      return List.of();
    }
    List<String> told = MissingInput.together(missing);
    List<String> lines = new ArrayList<>();
    lines.add("Passed over %d stages, as inputs are missing:".formatted(blocked.size()));
    told.stream().limit(MOST_CAUSES).map(line -> "  " + line).forEach(lines::add);
    if (told.size() > MOST_CAUSES) {
      lines.add("  … and %d more".formatted(told.size() - MOST_CAUSES));
    }
    return lines;
  }

  void triedAgain(PlannedStage stage, RunRecord.Retry retry) {
    retried++;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", retry.at().toString());
    json.put("reason", retry.reason());
    retries.computeIfAbsent(RunReport.name(stage), name -> new ArrayList<>()).add(json);
  }

  void ended(PlannedStage stage, StageEnd end) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("date", stage.date().toString());
    json.put("stage", stage.stage().toString());
    over++;
    if (end instanceof StageEnd.Made done) {
      put(json, stage, done.result());
      made.add(json);
      maps = maps.plus(MapPlaces.of(done.result().counts()));
    } else if (end instanceof StageEnd.FoundDone found) {
      json.put("run", found.run());
      foundDone.add(json);
    } else if (end instanceof StageEnd.LeftOut) {
      over--;
    } else if (end instanceof StageEnd.Failed failure) {
      json.put("reason", reason(failure));
      failed.add(json);
    } else if (end instanceof StageEnd.Interrupted) {
      interrupted.add(json);
    } else if (end instanceof StageEnd.NotRun not) {
      String because = RunReport.name(not.because());
      json.put("because", because);
      notRun.add(json);
      lost.computeIfAbsent(because, key -> new LinkedHashMap<>())
          .computeIfAbsent(stage.stage().toString(), key -> new ArrayList<>())
          .add(stage.date());
    }
    List<Map<String, Object>> tries = retries.remove(RunReport.name(stage));
    if (tries != null) {
      json.put("retries", tries);
    }
  }

  private static void put(Map<String, Object> json, PlannedStage stage, StageResult result) {
    json.put("reason", PlanReport.reason(stage.decision()));
    json.put("seconds", Math.round(1000 * result.seconds()) / 1000.0);
    json.put("counts", result.counts());
    if (!result.quarantined().isEmpty()) {
      json.put("quarantined", result.quarantined());
    }
    json.put("notes", result.notes());
  }

  static String reason(StageEnd.Failed failed) {
    String message = failed.failure().getMessage();
    return message == null ? failed.failure().toString() : message;
  }

  List<String> summary(double seconds) {
    if (made.isEmpty() && foundDone.isEmpty()) {
      return List.of("Up to date: all %d stages.".formatted(upToDate));
    }
    List<String> lines = new ArrayList<>(List.of(done(seconds) + "."));
    if (!maps.equals(MapPlaces.NONE)) {
      lines.add("Map tasks: " + maps + ".");
    }
    return lines;
  }

  private String done(double seconds) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Done: %d run in %.1f s, %d were up to date",
                made.size(),
                seconds,
                upToDate));
    if (!foundDone.isEmpty()) {
      text.append(", %d were made by others meanwhile".formatted(foundDone.size()));
    }
    if (retried > 0) {
      text.append(", %d %s".formatted(retried, retried == 1 ? "retry" : "retries"));
    }
    return text.toString();
  }

  /**
   * What was done before and beside a failure, and what was not.
   *
   * @param toRun how many stages there were to run
   */
  List<String> failure(double seconds, int toRun) {
    List<String> lines = new ArrayList<>();
    lost.entrySet().stream()
        .limit(MOST_CAUSES)
        .forEach(
            cause ->
                lines.add(
                    "Not run, as %s failed: %s"
                        .formatted(
                            cause.getKey(),
                            cause.getValue().entrySet().stream()
                                .map(stage -> Dates.of(stage.getValue()).of(stage.getKey()))
                                .collect(Collectors.joining("; ")))));
    if (lost.size() > MOST_CAUSES) {
      lines.add("… and what hangs on %d more".formatted(lost.size() - MOST_CAUSES));
    }
    StringBuilder text = new StringBuilder(done(seconds));
    if (!failed.isEmpty()) {
      text.append(", %d failed".formatted(failed.size()));
    }
    int left = notRun.size() + interrupted.size() + toRun - over;
    if (left > 0) {
      text.append(", %d were not run".formatted(left));
    }
    lines.add(text + ".");
    return lines;
  }

  Map<String, Object> toJson(String run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run);
    json.put("ran", made);
    json.put("upToDate", upToDate);
    if (!maps.equals(MapPlaces.NONE)) {
      json.put("maps", maps);
    }
    putIfAny(json, "foundDone", foundDone);
    putIfAny(json, "failed", failed);
    putIfAny(json, "interrupted", interrupted);
    putIfAny(json, "notRun", notRun);
    putIfAny(json, "blocked", blocked);
    return json;
  }

  private static void putIfAny(
      Map<String, Object> json, String key, List<Map<String, Object>> stages) {
    if (!stages.isEmpty()) {
      json.put(key, stages);
    }
  }
}
