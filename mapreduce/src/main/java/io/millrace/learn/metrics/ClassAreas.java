package io.millrace.learn.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The areas under the ROC curves of classes, each against all others, and their mean. */
public final class ClassAreas {
  private final List<MetricValue> areas = new ArrayList<>();

  /** Adds the area of a class, or why it has none. */
  public void add(String label, MetricValue area) {
    areas.add(
        new MetricValue(
                Metric.AUC_OF_CLASS,
                area.label(),
                area.parameter(),
                area.value(),
                area.reason(),
                area.rows(),
                area.weight())
            .of(label));
  }

  /** The mean of the areas that there are, every class counting the same, and the areas. */
  public List<MetricValue> values() {
    if (areas.isEmpty()) {
      return List.of();
    }
    OptionalDouble mean =
        areas.stream()
            .filter(area -> area.value().isPresent())
            .mapToDouble(area -> area.value().getAsDouble())
            .average();
    MetricValue first = areas.get(0);
    List<MetricValue> values = new ArrayList<>();
    values.add(
        mean.isPresent()
            ? MetricValue.of(Metric.AUC, mean.getAsDouble(), first.rows(), first.weight())
            : MetricValue.absent(
                Metric.AUC, "the rows are of one class", first.rows(), first.weight()));
    values.addAll(areas);
    return values;
  }
}
