package io.millrace.cli;

import io.millrace.plan.Dates;
import io.millrace.plan.Group;
import io.millrace.plan.SpecChange;
import io.millrace.plan.StageId;
import io.millrace.run.StageTimes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** What an edit of the spec costs, for people and for programs. */
final class SpecChangeReport {
  private static final int MOST_COLUMNS = 12;

  private final SpecChange change;
  private final StageTimes times;

  SpecChangeReport(SpecChange change, StageTimes times) {
    this.change = change;
    this.times = times;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    long made = change.works().stream().mapToLong(work -> work.dates().size()).sum();
    long untouched = change.untouched().values().stream().mapToLong(Integer::longValue).sum();
    if (made == 0) {
      lines.add(
          "The edit makes nothing stale: %d partitions stay as they are.".formatted(untouched));
    } else {
      lines.add(
          "The edit makes %d partitions stale; %d stay as they are.".formatted(made, untouched));
      lines.add("");
      lines.addAll(groups(change.toMake()));
      lines.add("");
      lines.addAll(costs());
    }
    section("Columns that come and go:", columns(), lines);
    section(
        "Cannot be made again, as the source is gone, and stays as it is:",
        groups(change.kept()),
        lines);
    section("Was stale or missing before the edit already:", groups(change.toMakeAnyway()), lines);
    section("Was stale and is no longer:", groups(change.mended()), lines);
    return lines;
  }

  private static void section(String title, List<String> content, List<String> to) {
    if (!content.isEmpty()) {
      to.add("");
      to.add(title);
      to.addAll(content);
    }
  }

  private static List<String> groups(List<Group> groups) {
    TextTable table = new TextTable("dates", "stages", "why");
    for (Group group : groups) {
      table.add(
          Dates.of(group.dates()).toString(),
          group.stages().stream().map(StageId::toString).collect(Collectors.joining(", ")),
          group.reason().shortText());
    }
    return table.isEmpty() ? List.of() : table.lines();
  }

  private List<String> costs() {
    TextTable table = new TextTable("stage", "partitions", "jobs", "reads", "time");
    long jobs = 0;
    double seconds = 0;
    boolean allKnown = true;
    for (SpecChange.Work work : change.works()) {
      OptionalDouble time = times.estimate(work.stage(), work.dates());
      table.add(
          work.stage().toString(),
          String.valueOf(work.dates().size()),
          String.valueOf(work.dates().size()),
          work.bytes().entrySet().stream()
              .map(read -> Bytes.text(read.getValue()) + " of " + read.getKey())
              .collect(Collectors.joining(", ")),
          time.isPresent() ? duration(time.getAsDouble()) : "not known");
      jobs += work.dates().size();
      seconds += time.orElse(0);
      allKnown &= time.isPresent();
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        "%d jobs, %s%s, going by earlier runs."
            .formatted(jobs, allKnown ? "about " : "more than ", duration(seconds)));
    return lines;
  }

  private static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.0f s", Math.ceil(seconds));
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 60 ? minutes + " min" : "%d h %02d min".formatted(minutes / 60, minutes % 60);
  }

  private List<String> columns() {
    List<String> lines = new ArrayList<>();
    for (SpecChange.ColumnChange columns : change.columns()) {
      lines.add(
          switch (columns.whole()) {
            case COMES ->
                "  %s is new, with %s".formatted(columns.dataSet(), list(columns.added()));
            case GOES ->
                "  %s is no longer made; what stands of it stays where it is"
                    .formatted(columns.dataSet());
            case STAYS ->
                "  %s%s%s"
                    .formatted(
                        columns.dataSet(),
                        columns.added().isEmpty() ? "" : " gets " + list(columns.added()),
                        columns.removed().isEmpty()
                            ? ""
                            : (columns.added().isEmpty() ? "" : " and")
                                + " loses "
                                + list(columns.removed()));
          });
    }
    return lines;
  }

  private static String list(SortedSet<String> names) {
    int more = names.size() - MOST_COLUMNS;
    return names.stream().limit(MOST_COLUMNS).collect(Collectors.joining(", "))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("toMake", json(change.toMake()));
    json.put("toMakeAnyway", json(change.toMakeAnyway()));
    json.put("noLongerStale", json(change.mended()));
    json.put("kept", json(change.kept()));
    Map<String, Integer> untouched = new LinkedHashMap<>();
    change.untouched().forEach((stage, count) -> untouched.put(stage.toString(), count));
    json.put("untouched", untouched);
    List<Map<String, Object>> costs = new ArrayList<>();
    for (SpecChange.Work work : change.works()) {
      Map<String, Object> cost = new LinkedHashMap<>();
      cost.put("stage", work.stage().toString());
      cost.put("partitions", work.dates().size());
      cost.put("jobs", work.dates().size());
      cost.put("bytes", work.bytes());
      times.estimate(work.stage(), work.dates()).ifPresent(time -> cost.put("seconds", time));
      costs.add(cost);
    }
    json.put("costs", costs);
    List<Map<String, Object>> columns = new ArrayList<>();
    for (SpecChange.ColumnChange dataSet : change.columns()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("dataSet", dataSet.dataSet());
      one.put("added", dataSet.added());
      one.put("removed", dataSet.removed());
      columns.add(one);
    }
    json.put("columns", columns);
    return json;
  }

  private static List<Map<String, Object>> json(List<Group> groups) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Group group : groups) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("stages", group.stages().stream().map(StageId::toString).toList());
      json.put("dates", group.dates().stream().map(LocalDate::toString).toList());
      json.putAll(ReasonJson.of(group.reason()));
      all.add(json);
    }
    return all;
  }
}
