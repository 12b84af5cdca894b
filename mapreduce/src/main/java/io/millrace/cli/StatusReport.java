package io.millrace.cli;

import io.millrace.plan.Dates;
import io.millrace.plan.Group;
import io.millrace.plan.ModelReference;
import io.millrace.plan.PartitionStatus;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.StageId;
import io.millrace.plan.StatusGrid;
import io.millrace.run.RecentFailures;
import io.millrace.run.Workspace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a warehouse stands, for people and for programs. */
final class StatusReport {
  private final Workspace workspace;
  private final StatusGrid grid;
  private final List<PlanRequest> mending;
  private final RecentFailures failures;
  private final AtWork atWork;
  private final PipelineOptions options;

  StatusReport(
      Workspace workspace,
      Workspace.Status status,
      RecentFailures failures,
      AtWork atWork,
      PipelineOptions options) {
    this.workspace = workspace;
    grid = status.grid();
    mending = status.mending();
    this.failures = failures;
    this.atWork = atWork;
    this.options = options;
  }

  /**
   * The report for a person.
   *
   * @param each whether dates that are alike are shown one by one
   */
  List<String> lines(boolean each) {
    List<String> lines = new ArrayList<>(new StatusTable(grid, this::cell).lines(each));
    lines.add("");
    lines.add(totals());
    if (grid.partitions().stream().anyMatch(partition -> partition.reason().isPresent())) {
      lines.add("");
      lines.addAll(reasons());
    }
    List<String> models = models();
    if (!models.isEmpty()) {
      lines.add("");
      lines.addAll(models);
    }
    List<String> running = atWork.lines(grid);
    if (!running.isEmpty()) {
      lines.add("");
      lines.addAll(running);
    }
    List<String> failed = failed();
    if (!failed.isEmpty()) {
      lines.add("");
      lines.addAll(failed);
    }
    List<String> advice = advice();
    if (!advice.isEmpty()) {
      lines.add("");
      lines.addAll(advice);
    }
    return lines;
  }

  private Cell cell(PartitionStatus partition) {
    if (atWork.isOn(partition)) {
      return Cell.RUNNING;
    }
    return failure(partition).isPresent() ? Cell.FAILED : Cell.of(partition.state());
  }

  private Optional<RecentFailures.Failure> failure(PartitionStatus partition) {
    return partition.state().isToBeMade()
        ? failures.of(partition.stage().toString(), partition.date())
        : Optional.empty();
  }

  private String totals() {
    Map<Cell, Long> counts =
        grid.partitions().stream()
            .collect(
                Collectors.groupingBy(
                    this::cell, () -> new EnumMap<>(Cell.class), Collectors.counting()));
    String parts =
        counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey().word())
            .collect(Collectors.joining(", "));
    return "%d partitions: %s. Warehouse: %s"
        .formatted(grid.partitions().size(), parts, workspace.warehouse().root());
  }

  private List<String> reasons() {
    TextTable table = new TextTable("dates", "stages", "why");
    for (Group group : grid.groups()) {
      table.add(Dates.of(group.dates()).toString(), stages(group), group.reason().shortText());
    }
    return table.lines();
  }

  private String stages(Group group) {
    return group.stages().size() > 1 && group.stages().equals(grid.stages())
        ? "all stages"
        : group.stages().stream().map(StageId::toString).collect(Collectors.joining(", "));
  }

  /** With which versions of a registered model the scores were made that stand. */
  private List<String> models() {
    Map<ModelReference, List<LocalDate>> dates = new LinkedHashMap<>();
    for (PartitionStatus partition : grid.partitions()) {
      partition
          .model()
          .ifPresent(
              model ->
                  dates.computeIfAbsent(model, key -> new ArrayList<>()).add(partition.date()));
    }
    TextTable table = new TextTable("dates", "scored by");
    dates.forEach((model, days) -> table.add(Dates.of(days).toString(), model.toString()));
    return table.isEmpty() ? List.of() : table.lines();
  }

  private List<String> failed() {
    TextTable table = new TextTable("date", "stage", "failed in the last run");
    for (PartitionStatus partition : grid.partitions()) {
      failure(partition)
          .ifPresent(
              failure ->
                  table.add(
                      partition.date().toString(),
                      partition.stage().toString(),
                      failure.reason().lines().findFirst().orElse("")));
    }
    return table.isEmpty() ? List.of() : table.lines();
  }

  private List<String> advice() {
    List<String> lines = new ArrayList<>();
    for (String command : commands()) {
      lines.add("Make what is stale or missing:  " + command);
    }
    List<LocalDate> waiting =
        grid.partitions().stream()
            .filter(partition -> partition.state() == PartitionStatus.State.BLOCKED)
            .filter(partition -> partition.stage().equals(StageId.clean()))
            .map(PartitionStatus::date)
            .toList();
    if (!waiting.isEmpty()) {
      lines.add(
          "Raw input is missing of %s: expected in %s"
              .formatted(Dates.of(waiting), workspace.pipeline().spec().source().path().value()));
    }
    return lines;
  }

  private List<String> commands() {
    return mending.stream()
        .map(
            request ->
                "millrace %s %s %s"
                    .formatted(
                        isOneDate(request) ? "run" : "backfill",
                        options.commandLine(),
                        DateOptions.commandLine(request.first(), request.last())))
        .toList();
  }

  private static boolean isOneDate(PlanRequest request) {
    return request.first().equals(request.last()) && !request.withHistory();
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", workspace.pipeline().spec().name().value());
    json.put("warehouse", workspace.warehouse().root().toString());
    List<Map<String, Object>> dates = new ArrayList<>();
    for (StatusGrid.Row row : grid.rows()) {
      Map<String, String> states = new LinkedHashMap<>();
      row.partitions()
          .forEach(partition -> states.put(partition.stage().toString(), cell(partition).word()));
      Map<String, Object> date = new LinkedHashMap<>();
      date.put("date", row.date().toString());
      date.put("stages", states);
      row.partitions().stream()
          .flatMap(partition -> partition.model().stream())
          .forEach(model -> date.put("model", model.toString()));
      dates.add(date);
    }
    json.put("dates", dates);
    List<Map<String, Object>> reasons = new ArrayList<>();
    for (Group group : grid.groups()) {
      Map<String, Object> reason = new LinkedHashMap<>();
      reason.put("stages", group.stages().stream().map(StageId::toString).toList());
      reason.put("state", Cell.of(group.reason().kind()).word());
      reason.put("dates", group.dates().stream().map(LocalDate::toString).toList());
      reason.putAll(ReasonJson.of(group.reason()));
      reasons.add(reason);
    }
    json.put("reasons", reasons);
    List<Map<String, Object>> failed = new ArrayList<>();
    for (PartitionStatus partition : grid.partitions()) {
      failure(partition)
          .ifPresent(
              failure -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("date", partition.date().toString());
                one.put("stage", partition.stage().toString());
                one.put("run", failure.run());
                one.put("reason", failure.reason());
                failed.add(one);
              });
    }
    json.put("failed", failed);
    json.put("atWork", atWork.json(grid));
    json.put("commands", commands());
    return json;
  }
}
