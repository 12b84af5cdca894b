package io.millrace.cli;

import io.millrace.plan.Decision;
import io.millrace.plan.LookUp;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.RawFile;
import io.millrace.run.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A plan for people, and for programs. */
final class PlanReport {
  private final Workspace workspace;
  private final Plan plan;

  PlanReport(Workspace workspace, Plan plan) {
    this.workspace = workspace;
    this.plan = plan;
  }

  List<String> lines() {
    TextTable table = new TextTable("date", "stage", "what", "why", "reads", "job", "makes");
    for (PlannedStage stage : plan.stages()) {
      table.add(
          stage.date().toString(),
          stage.stage().toString(),
          state(stage.decision()),
          reason(stage),
          reads(stage),
          stage.decision() instanceof Decision.Run ? job(stage) : "",
          String.join(", ", stage.outputs()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(
        "%d of %d run. Warehouse: %s"
            .formatted(plan.toRun().size(), plan.stages().size(), workspace.warehouse().root()));
    return lines;
  }

  Map<String, Object> toJson() {
    List<Map<String, Object>> stages = new ArrayList<>();
    for (PlannedStage stage : plan.stages()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("date", stage.date().toString());
      json.put("stage", stage.stage().toString());
      json.put("decision", state(stage.decision()));
      json.put("reason", reason(stage));
      json.put("fingerprint", stage.fingerprints().map(known -> known.full()).orElse(null));
      json.put("rawFiles", stage.rawFiles().stream().map(RawFile::name).toList());
      json.put(
          "inputs",
          stage.inputs().stream().map(input -> input.dataSet() + "/dt=" + input.date()).toList());
      bytesRead(stage).ifPresent(bytes -> json.put("bytesRead", bytes));
      json.put("outputs", stage.outputs());
      stages.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", workspace.pipeline().spec().name().value());
    json.put("warehouse", workspace.warehouse().root().toString());
    json.put("stages", stages);
    return json;
  }

  static String state(Decision decision) {
    if (decision instanceof Decision.Run) {
      return "runs";
    }
    if (decision instanceof Decision.Open) {
      return "may run";
    }
    if (decision instanceof Decision.LeftOut) {
      return "left out";
    }
    return decision instanceof Decision.Blocked ? "blocked" : "up to date";
  }

  /** Of what runs although it could be left out, also why it is not. */
  private String reason(PlannedStage stage) {
    Optional<LookUp> lookUp = workspace.outline().stage(stage.stage()).lookUp();
    String reason = reason(stage.decision());
    return lookUp.isPresent() && stage.decision() instanceof Decision.Run
        ? reason + "; " + lookUp.get().describe(stage.inputs())
        : reason;
  }

  static String reason(Decision decision) {
    if (decision instanceof Decision.Run run) {
      return run.reason().toString();
    }
    if (decision instanceof Decision.LeftOut leftOut) {
      return leftOut.reason();
    }
    if (decision instanceof Decision.Open open) {
      return open.condition();
    }
    if (decision instanceof Decision.UpToDateSourceGone gone) {
      return String.join("; ", gone.warnings());
    }
    if (decision instanceof Decision.Blocked blocked) {
      return blocked.missing().size() == 1
          ? blocked.missing().get(0).toString()
          : "%d inputs are missing, the first: %s"
              .formatted(blocked.missing().size(), blocked.missing().get(0));
    }
    return "";
  }

  private static String reads(PlannedStage stage) {
    List<String> parts = new ArrayList<>();
    if (!stage.rawFiles().isEmpty()) {
      parts.add("%d raw files".formatted(stage.rawFiles().size()));
    }
    stage.inputs().stream()
        .map(PlannedInput::dataSet)
        .distinct()
        .forEach(
            dataSet -> {
              long days =
                  stage.inputs().stream().filter(in -> in.dataSet().equals(dataSet)).count();
              parts.add(days == 1 ? dataSet : "%s of %d days".formatted(dataSet, days));
            });
    String size =
        bytesRead(stage).isPresent() ? " (" + Bytes.text(bytesRead(stage).getAsLong()) + ")" : "";
    return parts.isEmpty() ? "nothing" : String.join(", ", parts) + size;
  }

  /** Empty where an input is still to be made. */
  private static OptionalLong bytesRead(PlannedStage stage) {
    long bytes = stage.rawFiles().stream().mapToLong(RawFile::length).sum();
    for (PlannedInput input : stage.inputs()) {
      if (input.bytes().isEmpty()) {
        return OptionalLong.empty();
      }
      bytes += input.bytes().getAsLong();
    }
    return OptionalLong.of(bytes);
  }

  private static String job(PlannedStage stage) {
    return switch (stage.stage().kind()) {
      case CLEAN -> "1 map-reduce";
      case PARTIALS -> "1 map-reduce";
      case FEATURES -> "1 map-only";
      case JOIN -> "2 map-reduce";
      case SCORE -> "1 map-only";
    };
  }
}
