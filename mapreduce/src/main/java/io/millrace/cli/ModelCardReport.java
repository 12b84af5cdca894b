package io.millrace.cli;

import io.millrace.learn.metrics.Metric;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCard.Measured;
import io.millrace.model.card.ModelCard.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A model's card for people. */
final class ModelCardReport {
  private static final int WEIGHTS_SHOWN = 20;
  private static final List<String> SPLITS = List.of("train", "validation", "test");
  private static final Set<String> BINS =
      Set.of(Metric.CALIBRATION_SCORE.metricName(), Metric.CALIBRATION_RATE.metricName());

  private final ModelCard card;

  ModelCardReport(ModelCard card) {
    this.card = card;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(head());
    add(lines, "", conditions());
    add(lines, "", metrics());
    add(lines, "Test rows by segment:", segments());
    add(lines, heading("coefficients", card.coefficients()), weights(card.coefficients()));
    add(lines, heading("gains", card.gains()), weights(card.gains()));
    add(
        lines,
        heading("inputs by what is lost where they are permuted", card.importances()),
        weights(card.importances()));
    if (!card.warnings().isEmpty()) {
      lines.add("");
      card.warnings().forEach(warning -> lines.add("Warning: " + warning));
    }
    return lines;
  }

  private static void add(List<String> lines, String heading, TextTable table) {
    if (!table.isEmpty()) {
      lines.add("");
      if (!heading.isEmpty()) {
        lines.add(heading);
      }
      lines.addAll(table.lines());
    }
  }

  private List<String> head() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s: %s, %s"
            .formatted(
                card.name(),
                card.version(),
                card.kind(),
                card.isAccepted() ? "accepted" : "not accepted"));
    lines.add(
        "Fit: %s%s"
            .formatted(
                card.fit().stop(),
                card.fit().startedFrom() == null
                    ? ""
                    : "; it started from " + card.fit().startedFrom()));
    lines.add(
        "%d inputs: %s"
            .formatted(
                card.inputs().size(),
                String.join(", ", card.inputs().stream().map(ModelCard.Input::name).toList())));
    return lines;
  }

  private TextTable conditions() {
    TextTable table = new TextTable("condition", "found", "met");
    for (ModelCard.Condition condition : card.acceptance()) {
      table.add(
          condition.metric() + " " + condition.expected(),
          MetricText.of(condition.found()),
          condition.met() ? "yes" : "no");
    }
    return table;
  }

  /**
   * A line a metric but for the bins of a calibration; of others than this model what they did on
   * the test rows.
   */
  private TextTable metrics() {
    Map<String, Map<String, String>> cells = new LinkedHashMap<>();
    Set<String> columns = new LinkedHashSet<>();
    for (String split : SPLITS) {
      collect(Measured.CANDIDATE, split, split, cells, columns);
    }
    String production = "production" + (card.production() == null ? "" : " " + card.production());
    collect(Measured.PRODUCTION, "test", production, cells, columns);
    collect("baseline", "test", "baseline", cells, columns);
    return table("metric", cells, columns);
  }

  private void collect(
      String model,
      String split,
      String column,
      Map<String, Map<String, String>> cells,
      Set<String> columns) {
    for (Measured measured : card.metrics(model, split)) {
      if (BINS.contains(measured.metric())) {
        continue;
      }
      columns.add(column);
      cells
          .computeIfAbsent(MetricText.name(measured), name -> new LinkedHashMap<>())
          .put(column, MetricText.of(measured.value()));
    }
  }

  private TextTable segments() {
    Map<String, Map<String, String>> cells = new LinkedHashMap<>();
    Set<String> columns = new LinkedHashSet<>(List.of("rows"));
    for (Measured measured : card.metrics()) {
      if (measured.segment() != null
          && measured.model().equals(Measured.CANDIDATE)
          && measured.split().equals("test")
          && measured.parameter() == null) {
        columns.add(MetricText.name(measured));
        Map<String, String> row =
            cells.computeIfAbsent(measured.segment(), segment -> new LinkedHashMap<>());
        // what could not be measured is of fewer rows, or of none
        row.merge(
            "rows",
            Long.toString(measured.rows()),
            (one, other) -> Long.parseLong(one) < Long.parseLong(other) ? other : one);
        row.put(MetricText.name(measured), MetricText.of(measured.value()));
      }
    }
    return table("segment", cells, columns);
  }

  private static TextTable table(
      String first, Map<String, Map<String, String>> cells, Set<String> columns) {
    List<String> header = new ArrayList<>(List.of(first));
    header.addAll(columns);
    TextTable table = new TextTable(header);
    cells.forEach(
        (name, values) -> {
          List<String> row = new ArrayList<>(List.of(name));
          columns.forEach(column -> row.add(values.getOrDefault(column, "")));
          table.add(row);
        });
    return table;
  }

  private static String heading(String what, List<Weight> weights) {
    return weights.size() > WEIGHTS_SHOWN
        ? "The %d greatest of %d %s:".formatted(WEIGHTS_SHOWN, weights.size(), what)
        : what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ":";
  }

  private static TextTable weights(List<Weight> weights) {
    boolean hasTargets = weights.stream().anyMatch(weight -> weight.target() != null);
    TextTable table =
        hasTargets ? new TextTable("column", "class", "value") : new TextTable("column", "value");
    weights.stream()
        .sorted(Comparator.comparingDouble((Weight weight) -> Math.abs(weight.value())).reversed())
        .limit(WEIGHTS_SHOWN)
        .forEach(
            weight -> {
              String value = MetricText.of(weight.value());
              if (hasTargets) {
                table.add(weight.column(), String.valueOf(weight.target()), value);
              } else {
                table.add(weight.column(), value);
              }
            });
    return table;
  }
}
