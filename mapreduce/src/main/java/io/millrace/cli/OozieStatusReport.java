package io.millrace.cli;

import io.millrace.oozie.Bundle;
import io.millrace.oozie.CoordinatorAction;
import io.millrace.oozie.NightStatus;
import io.millrace.plan.PartitionStatus;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.StageId;
import io.millrace.plan.StatusGrid;
import io.millrace.run.Workspace;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How the nights of a pipeline are getting on, for people and for programs. */
final class OozieStatusReport {
  private static final int LONGEST_REASON = 300;
  private static final int MOST_STALE = 5;

  private final PipelineNights pipeline;
  private final OozieRerun commands;
  private final Bundle bundle;
  private final Optional<OozieNights> nights;
  private final Optional<OozieNights> trainings;
  private final Optional<Workspace.Status> warehouse;
  private final Map<Partition, PartitionStatus.State> partitions = new LinkedHashMap<>();

  private record Partition(StageId stage, LocalDate date) {}

  /**
   * A report.
   *
   * @param warehouse how the partitions stand of the nights that have done their work
   */
  OozieStatusReport(
      PipelineNights pipeline,
      OozieRerun commands,
      Bundle bundle,
      Optional<OozieNights> nights,
      Optional<OozieNights> trainings,
      Optional<Workspace.Status> warehouse) {
    this.pipeline = pipeline;
    this.commands = commands;
    this.bundle = bundle;
    this.nights = nights;
    this.trainings = trainings;
    this.warehouse = warehouse;
    warehouse.map(Workspace.Status::grid).map(StatusGrid::partitions).stream()
        .flatMap(List::stream)
        .forEach(
            partition ->
                partitions.put(
                    new Partition(partition.stage(), partition.date()), partition.state()));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: bundle %s of %s, %s%s. Times are those of %s."
            .formatted(
                pipeline.name(),
                bundle.id(),
                bundle.user(),
                bundle.status(),
                bundle.created().map(time -> ", submitted " + pipeline.text(time)).orElse(""),
                pipeline.zone()));
    nights.ifPresent(found -> addTable(lines, found, "night starts"));
    trainings.ifPresent(found -> addTable(lines, found, "training starts"));
    addBlock(lines, details());
    addBlock(lines, outlook());
    addBlock(lines, advice());
    return lines;
  }

  private static void addBlock(List<String> lines, List<String> block) {
    if (!block.isEmpty()) {
      lines.add("");
      lines.addAll(block);
    }
  }

  private void addTable(List<String> lines, OozieNights found, String start) {
    if (found.nights().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            Stream.concat(Stream.of("date", start, "state"), found.steps().stream()).toList());
    for (NightStatus night : found.nights()) {
      List<String> row = new ArrayList<>();
      row.add(night.date().toString());
      row.add(pipeline.text(night.action().nominalTime()));
      row.add(OozieCell.of(night.state()));
      night.steps().keySet().forEach(step -> row.add(cell(found, night, step)));
      table.add(row);
    }
    addBlock(lines, table.lines());
  }

  private String cell(OozieNights found, NightStatus night, String step) {
    return OozieCell.of(
        night.steps().getOrDefault(step, NightStatus.StepState.OPEN),
        Optional.ofNullable(found.stages().get(step))
            .map(stage -> partitions.get(new Partition(stage, night.date())))
            .orElse(PartitionStatus.State.DONE));
  }

  /** What is to be said of nights and trainings that are not simply done. */
  private List<String> details() {
    TextTable table = new TextTable("date", "step", "what");
    all()
        .forEach(
            found ->
                found
                    .nights()
                    .forEach(
                        night ->
                            details(night)
                                .forEach(
                                    (step, what) ->
                                        table.add(night.date().toString(), step, what))));
    return table.isEmpty() ? List.of() : table.lines();
  }

  private Stream<OozieNights> all() {
    return Stream.concat(nights.stream(), trainings.stream());
  }

  private Map<String, String> details(NightStatus night) {
    Map<String, String> details = new LinkedHashMap<>();
    for (NightStatus.Trouble trouble : night.troubles()) {
      details.put(trouble.step().orElse(""), shortened(trouble.reason()));
    }
    switch (night.state()) {
      case WAITING -> details.put("", "waits for " + missing(night));
      case QUEUED -> details.put("", "waits for its turn");
      case HELD -> details.put("", "is held");
      case RUNNING, DONE, FAILED, TIMED_OUT, ENDED, SKIPPED -> {
        // the table says it, or its troubles do
      }
    }
    return details;
  }

  private String missing(NightStatus night) {
    return OozieMissing.text(night.action().missing(), pipeline.workspace().warehouse());
  }

  private static String shortened(String reason) {
    String line = reason.lines().findFirst().orElse("").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  /** When the next ones begin. */
  private List<String> outlook() {
    if (!bundle.status().isActive()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    next(nights).ifPresent(next -> lines.add("The next night:     " + pipeline.nightText(next)));
    next(trainings).ifPresent(next -> lines.add("The next training:  " + pipeline.nightText(next)));
    if (nights.isEmpty()) {
      lines.add("Oozie has not made the bundle's coordinators yet; look again in a moment.");
    }
    return lines;
  }

  private static Optional<Instant> next(Optional<OozieNights> found) {
    return found.flatMap(
        some ->
            some.coordinator().status().isActive() ? some.coordinator().next() : Optional.empty());
  }

  private List<String> advice() {
    List<String> lines = new ArrayList<>();
    if (bundle.status().isHeld()) {
      lines.add("Let it go on:  " + commands.resume(bundle.id()));
    } else {
      all()
          .flatMap(found -> found.nights().stream())
          .filter(night -> night.state() == NightStatus.State.HELD)
          .flatMap(night -> night.workflow().stream())
          .forEach(held -> lines.add("Let it go on:  " + commands.resume(held.id())));
    }
    if (!bundle.status().isActive()) {
      lines.add(
          "It starts no more nights. Submit again:  %s"
              .formatted(
                  commands.submit(
                      nights
                          .flatMap(pipeline::firstOpenDate)
                          .orElse(pipeline.scheduled().from()))));
      return lines;
    }
    all()
        .forEach(
            found -> {
              List<Integer> failed = numbers(found, NightStatus::isFailed);
              if (!failed.isEmpty()) {
                lines.add("Run again what failed:  " + commands.rerun(found.coordinator(), failed));
              }
            });
    nights.ifPresent(found -> addStale(lines, found));
    return lines;
  }

  /** A date may read what the one before makes, so they are not started at once. */
  private void addStale(List<String> lines, OozieNights found) {
    List<Integer> stale = numbers(found, night -> isStale(found, night));
    if (stale.isEmpty()) {
      return;
    }
    lines.add("Run again what is stale or missing, each when the one before is done:");
    stale.stream()
        .limit(MOST_STALE)
        .forEach(number -> lines.add("  " + commands.rerun(found.coordinator(), List.of(number))));
    if (stale.size() > MOST_STALE) {
      lines.add("  and so on, up to action " + stale.get(stale.size() - 1));
    }
    for (PlanRequest request : warehouse.map(Workspace.Status::mending).orElse(List.of())) {
      lines.add("or without Oozie:  " + commands.backfill(request.first(), request.last()));
    }
  }

  private boolean isStale(OozieNights found, NightStatus night) {
    return night.isDone()
        && found.stages().entrySet().stream()
            .filter(step -> night.steps().get(step.getKey()) == NightStatus.StepState.DONE)
            .map(step -> partitions.get(new Partition(step.getValue(), night.date())))
            .anyMatch(
                state ->
                    state == PartitionStatus.State.STALE || state == PartitionStatus.State.MISSING);
  }

  private interface Choice {
    boolean takes(NightStatus night);
  }

  private static List<Integer> numbers(OozieNights found, Choice choice) {
    return found.nights().stream()
        .filter(choice::takes)
        .map(NightStatus::action)
        .map(CoordinatorAction::number)
        .toList();
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", pipeline.name());
    json.put("zone", pipeline.zone().toString());
    Map<String, Object> ofBundle = new LinkedHashMap<>();
    ofBundle.put("id", bundle.id());
    ofBundle.put("user", bundle.user());
    ofBundle.put("status", bundle.status().name());
    ofBundle.put("path", bundle.path());
    bundle.created().ifPresent(time -> ofBundle.put("submitted", time.toString()));
    json.put("bundle", ofBundle);
    json.put("nights", nights.map(this::json).orElse(List.of()));
    json.put("trainings", trainings.map(this::json).orElse(List.of()));
    next(nights).ifPresent(next -> json.put("nextNight", next.toString()));
    next(trainings).ifPresent(next -> json.put("nextTraining", next.toString()));
    json.put("advice", advice());
    return json;
  }

  private List<Map<String, Object>> json(OozieNights found) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (NightStatus night : found.nights()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("date", night.date().toString());
      json.put("start", night.action().nominalTime().toString());
      json.put("coordinator", found.coordinator().id());
      json.put("action", night.action().number());
      night.workflow().ifPresent(workflow -> json.put("workflow", workflow.id()));
      json.put("state", OozieCell.of(night.state()));
      Map<String, String> steps = new LinkedHashMap<>();
      night.steps().keySet().forEach(step -> steps.put(step, cell(found, night, step)));
      json.put("steps", steps);
      if (night.state() == NightStatus.State.WAITING) {
        json.put("waitsFor", night.action().missing());
      }
      List<Map<String, String>> troubles = new ArrayList<>();
      for (NightStatus.Trouble trouble : night.troubles()) {
        Map<String, String> one = new LinkedHashMap<>();
        trouble.step().ifPresent(step -> one.put("step", step));
        one.put("reason", trouble.reason());
        troubles.add(one);
      }
      json.put("troubles", troubles);
      all.add(json);
    }
    return all;
  }
}
