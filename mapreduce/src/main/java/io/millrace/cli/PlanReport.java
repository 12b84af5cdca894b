package io.millrace.cli;

import io.millrace.plan.Dates;
import io.millrace.plan.Decision;
import io.millrace.plan.Fusion;
import io.millrace.plan.Group;
import io.millrace.plan.LookUp;
import io.millrace.plan.MissingInput;
import io.millrace.plan.ModelReference;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.RawFile;
import io.millrace.plan.Reason;
import io.millrace.plan.StageId;
import io.millrace.plan.StageLoads;
import io.millrace.run.MadeOf;
import io.millrace.run.Resources;
import io.millrace.run.Workspace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A plan for people, and for programs. */
final class PlanReport {
  private static final int MOST_LISTED = 30;
  private static final String UP_TO_DATE = "up to date";

  private final Workspace workspace;
  private final Plan plan;
  private final Resources resources;
  private final Fusion fusion;

  PlanReport(Workspace workspace, Plan plan) {
    this.workspace = workspace;
    this.plan = plan;
    resources = new Resources(workspace);
    fusion = workspace.fusion(plan);
  }

  /**
   * The plan for a person.
   *
   * @param each whether each stage has its line, however many there are
   */
  List<String> lines(boolean each) {
    List<String> lines =
        new ArrayList<>(each || plan.stages().size() <= MOST_LISTED ? stages() : groups());
    lines.add("");
    lines.addAll(totals());
    return lines;
  }

  private List<String> stages() {
    TextTable table = new TextTable("date", "stage", "what", "why", "reads", "job", "makes");
    for (PlannedStage stage : plan.stages()) {
      table.add(
          stage.date().toString(),
          stage.stage().toString(),
          state(stage.decision()),
          shortReason(stage),
          reads(stage),
          stage.decision() instanceof Decision.Run ? job(stage) : "",
          String.join(", ", stage.outputs()));
    }
    return table.lines();
  }

  private List<String> groups() {
    TextTable table = new TextTable("dates", "stages", "what", "why");
    for (Group group : plan.groups()) {
      table.add(
          Dates.of(group.dates()).toString(),
          group.stages().stream().map(StageId::toString).collect(Collectors.joining(", ")),
          state(group.reason().kind()),
          group.reason().shortText());
    }
    return table.isEmpty() ? List.of("Nothing has to run.") : table.lines();
  }

  private List<String> totals() {
    int runs = plan.toRun().size();
    int blocked = plan.blocked().size();
    List<String> lines = new ArrayList<>();
    if (runs > 0) {
      PlanCost cost = PlanCost.of(withJobs());
      lines.add(
          "%d %s; to read: %s."
              .formatted(cost.jobs(), cost.jobs() == 1 ? "job" : "jobs", cost.reads()));
    }
    if (runs > 0 && !resources.isLocal()) {
      resources
          .queue()
          .ifPresent(
              queue ->
                  lines.add(
                      "Queue: "
                          + ResourceText.of(queue)
                          + resources
                              .priority()
                              .map(said -> ", priority: " + ResourceText.of(said))
                              .orElse("")));
    }
    lines.add(
        "%d of %d run%s. Warehouse: %s"
            .formatted(
                runs,
                plan.stages().size(),
                blocked == 0 ? "" : ", %d are blocked".formatted(blocked),
                workspace.warehouse().root()));
    return lines;
  }

  /** What runs and has jobs of its own. */
  private List<PlannedStage> withJobs() {
    return plan.toRun().stream().filter(stage -> !fusion.isFused(stage)).toList();
  }

  Map<String, Object> toJson() {
    ResourceText text = new ResourceText(resources.isLocal());
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
      ModelReference.of(stage.definition()).ifPresent(model -> json.put("model", model.toString()));
      bytesRead(stage).ifPresent(bytes -> json.put("bytesRead", bytes));
      if (stage.decision() instanceof Decision.Blocked blocked) {
        json.put("missing", blocked.missing().stream().map(MissingInput::toString).toList());
      }
      json.put("outputs", stage.outputs());
      if (fusion.isFused(stage)) {
        json.put("inOneJobWith", StageId.clean().toString());
      } else if (stage.decision() instanceof Decision.Run) {
        if (fusion.isCombined(stage)) {
          json.put("statesCombinedBy", StageId.clean().toString());
        }
        json.put("jobs", text.json(resources.of(stage), StageLoads.isKnown(stage)));
      }
      stages.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", workspace.pipeline().spec().name().value());
    json.put("warehouse", workspace.warehouse().root().toString());
    json.put("stages", stages);
    json.put("groups", plan.groups().stream().map(PlanReport::json).toList());
    resources.queue().ifPresent(queue -> json.put("queue", ResourceText.json(queue)));
    resources.priority().ifPresent(said -> json.put("priority", ResourceText.json(said)));
    json.put("runs", plan.toRun().size());
    json.put("blocked", plan.blocked().size());
    PlanCost cost = PlanCost.of(withJobs());
    json.put("jobs", cost.jobs());
    json.put("rawBytes", cost.rawBytes());
    json.put("partitionBytes", cost.partitionBytes());
    json.put("partitionsMadeFirst", cost.madeFirst());
    plan.earlierDates()
        .ifPresent(
            range ->
                json.put(
                    "earlierDates",
                    Map.of("from", range.first().toString(), "to", range.last().toString())));
    return json;
  }

  private static Map<String, Object> json(Group group) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stages", group.stages().stream().map(StageId::toString).toList());
    json.put("dates", group.dates().stream().map(LocalDate::toString).toList());
    json.put("decision", state(group.reason().kind()));
    json.putAll(ReasonJson.of(group.reason()));
    return json;
  }

  static String state(Decision decision) {
    return decision.reason().map(reason -> state(reason.kind())).orElse(UP_TO_DATE);
  }

  private static String state(Reason.Kind kind) {
    return switch (kind) {
      case NOT_MADE, EMPTY, INCOMPLETE, STALE, FORCED -> "runs";
      case BLOCKED, NO_SOURCE -> "blocked";
      case SOURCE_GONE -> UP_TO_DATE;
      case LEFT_OUT -> "left out";
      case OPEN -> "may run";
    };
  }

  /** The whole reason in one line. */
  static String reason(Decision decision) {
    return decision.reason().map(Reason::toString).orElse("");
  }

  private String shortReason(PlannedStage stage) {
    return withLookUp(stage, stage.decision().reason().map(Reason::shortText).orElse(""));
  }

  private String reason(PlannedStage stage) {
    return withLookUp(stage, reason(stage.decision()));
  }

  /** Of what runs although it could be left out, also why it is not. */
  private String withLookUp(PlannedStage stage, String reason) {
    Optional<LookUp> lookUp = workspace.outline().stage(stage.stage()).lookUp();
    return lookUp.isPresent() && stage.decision() instanceof Decision.Run
        ? reason + "; " + lookUp.get().describe(stage.inputs())
        : reason;
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
    String model =
        ModelReference.of(stage.definition()).map(version -> ", model " + version).orElse("");
    return (parts.isEmpty() ? "nothing" : String.join(", ", parts) + size) + model;
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

  private String job(PlannedStage stage) {
    if (fusion.isFused(stage)) {
      return MadeOf.OUTPUT.text();
    }
    if (fusion.isCombined(stage)) {
      String input = MadeOf.COMBINED_STATES.text();
      return resources.isLocal() ? input : tasks(stage) + ", " + input;
    }
    return tasks(stage);
  }

  private String tasks(PlannedStage stage) {
    boolean known = StageLoads.isKnown(stage);
    return known || !resources.isLocal()
        ? new ResourceText(resources.isLocal()).tasks(resources.of(stage), known)
        : kind(stage);
  }

  /** Of a stage some of whose inputs are made first, so that nobody knows how large they are. */
  private static String kind(PlannedStage stage) {
    return switch (stage.stage().kind()) {
      case CLEAN -> "1 map-reduce";
      case PARTIALS -> "1 map-reduce";
      case FEATURES -> "1 map-only";
      case JOIN -> "2 map-reduce";
      case TRAINING, TRAIN -> "several jobs";
      case SCORE -> "1 map-only";
    };
  }
}
