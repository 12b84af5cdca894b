package io.millrace.cli;

import io.millrace.learn.metrics.Metric;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCard.Measured;
import io.millrace.model.card.ModelVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two versions side by side.
 *
 * @param rows which rows they were measured on, in a sentence
 * @param sameRows whether these are the same rows for both
 */
record ModelComparison(
    ModelVersion first,
    ModelVersion second,
    String rows,
    boolean sameRows,
    Map<String, Double> ofFirst,
    Map<String, Double> ofSecond) {
  private static final String TEST = "test";

  /** The comparison on the same test rows, where there is one; else each on its own. */
  static ModelComparison of(ModelCard first, ModelCard second) {
    if (first.version().equals(second.production())) {
      return new ModelComparison(
          first.version(),
          second.version(),
          "Both on the test rows of " + second.version(),
          true,
          values(second, Measured.PRODUCTION),
          values(second, Measured.CANDIDATE));
    }
    if (second.version().equals(first.production())) {
      return new ModelComparison(
          first.version(),
          second.version(),
          "Both on the test rows of " + first.version(),
          true,
          values(first, Measured.CANDIDATE),
          values(first, Measured.PRODUCTION));
    }
    boolean sameRows = first.data().fingerprint().equals(second.data().fingerprint());
    return new ModelComparison(
        first.version(),
        second.version(),
        sameRows
            ? "Both on the same test rows"
            : "Each on its own test rows, which are not the same: a small difference says little",
        sameRows,
        values(first, Measured.CANDIDATE),
        values(second, Measured.CANDIDATE));
  }

  private static Map<String, Double> values(ModelCard card, String model) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Measured measured : card.metrics(model, TEST)) {
      if (measured.value() != null) {
        values.put(MetricText.name(measured), measured.value());
      }
    }
    return values;
  }

  /** The metrics that both have. */
  private List<String> metrics() {
    return ofFirst.keySet().stream().filter(ofSecond::containsKey).toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(rows + ".");
    TextTable table = new TextTable("metric", first.toString(), second.toString(), "better");
    for (String metric : metrics()) {
      table.add(
          metric,
          MetricText.of(ofFirst.get(metric)),
          MetricText.of(ofSecond.get(metric)),
          better(metric).map(ModelVersion::toString).orElse(""));
    }
    if (table.isEmpty()) {
      lines.add("There is no metric that both have.");
    } else {
      lines.addAll(table.lines());
    }
    return lines;
  }

  /** The version with the better value, where one is better. */
  private Optional<ModelVersion> better(String metric) {
    double one = ofFirst.getOrDefault(metric, Double.NaN);
    double other = ofSecond.getOrDefault(metric, Double.NaN);
    int space = metric.indexOf(' ');
    String name = space < 0 ? metric : metric.substring(0, space);
    double lead =
        Metric.named(name)
            .map(
                known ->
                    switch (known.better()) {
                      case HIGHER -> one - other;
                      case LOWER -> other - one;
                      case NEARER_TO_ZERO -> Math.abs(other) - Math.abs(one);
                      case NEITHER -> 0.0;
                    })
            .orElse(0.0);
    if (lead == 0 || Double.isNaN(lead)) {
      return Optional.empty();
    }
    return Optional.of(lead > 0 ? first : second);
  }

  Map<String, Object> toJson() {
    List<Map<String, Object>> metrics = new ArrayList<>();
    for (String metric : metrics()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("metric", metric);
      values.put(first.toString(), ofFirst.get(metric));
      values.put(second.toString(), ofSecond.get(metric));
      better(metric).ifPresent(version -> values.put("better", version.toString()));
      metrics.add(values);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("first", first.toString());
    json.put("second", second.toString());
    json.put("rows", rows);
    json.put("sameRows", sameRows);
    json.put("metrics", metrics);
    return json;
  }
}
