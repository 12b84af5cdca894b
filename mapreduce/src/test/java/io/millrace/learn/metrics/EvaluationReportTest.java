package io.millrace.learn.metrics;

import static io.millrace.learn.metrics.EvaluatedModel.BASELINE;
import static io.millrace.learn.metrics.EvaluatedModel.CANDIDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.avro.Evaluation;
import io.millrace.learn.Part;
import io.millrace.learn.metrics.EvaluationReport.Entry;
import io.millrace.learn.metrics.EvaluationReport.Importance;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  private static final Segment WEB = new Segment("channel", Optional.of("web"));
  private static final Segment UNKNOWN = new Segment("channel", Optional.empty());

  private static final List<Entry> ENTRIES =
      List.of(
          overall(CANDIDATE, Part.TRAIN, MetricValue.of(Metric.AUC, 0.9, 10, 12)),
          overall(CANDIDATE, Part.TEST, MetricValue.of(Metric.AUC_OF_CLASS, 0.6, 4, 4).of("a")),
          overall(CANDIDATE, Part.TEST, MetricValue.of(Metric.AUC, 0.8, 4, 4)),
          overall(CANDIDATE, Part.TEST, MetricValue.of(Metric.LIFT_AT, 3, 4, 4).at("100")),
          overall(CANDIDATE, Part.TEST, MetricValue.of(Metric.LIFT_AT, 2, 4, 4).at("1%")),
          new Entry(
              CANDIDATE,
              Part.TEST,
              Optional.of(WEB),
              MetricValue.absent(Metric.AUC, "there are no rows", 0, 0)),
          new Entry(
              CANDIDATE, Part.TEST, Optional.of(UNKNOWN), MetricValue.of(Metric.AUC, 1, 2, 2)),
          overall(CANDIDATE, Part.TEST, importance("hour", 0.01)),
          overall(CANDIDATE, Part.TEST, importance("amount", 0.2)),
          overall(BASELINE, Part.TEST, MetricValue.of(Metric.AUC, 0.7, 4, 4)));

  private static Entry overall(EvaluatedModel model, Part part, MetricValue value) {
    return new Entry(model, part, Optional.empty(), value);
  }

  private static MetricValue importance(String input, double loss) {
    return MetricValue.of(Metric.PERMUTATION_IMPORTANCE, loss, 4, 4).at(input);
  }

  private static EvaluationReport stored() {
    return EvaluationReport.of(ENTRIES.stream().map(Entry::toRecord).toList());
  }

  @Test
  void shouldReadWhatIsStored() {
    assertEquals(ENTRIES, stored().entries());
  }

  @Test
  void shouldFindValueOfAllRows() {
    assertEquals(OptionalDouble.of(0.8), stored().value(CANDIDATE, Part.TEST, Metric.AUC));
    assertEquals(OptionalDouble.of(0.9), stored().value(CANDIDATE, Part.TRAIN, Metric.AUC));
    assertEquals(OptionalDouble.of(0.7), stored().value(BASELINE, Part.TEST, Metric.AUC));
    assertEquals(OptionalDouble.empty(), stored().value(BASELINE, Part.TRAIN, Metric.AUC));
  }

  @Test
  void shouldFindValueByParameterAndElseTheFirst() {
    assertEquals(
        Optional.of(MetricValue.of(Metric.LIFT_AT, 2, 4, 4).at("1%")),
        stored().find(CANDIDATE, Part.TEST, Metric.LIFT_AT, "1%"));
    assertEquals(OptionalDouble.of(3), stored().value(CANDIDATE, Part.TEST, Metric.LIFT_AT));
    assertEquals(Optional.empty(), stored().find(CANDIDATE, Part.TEST, Metric.LIFT_AT, "7"));
  }

  @Test
  void shouldTellSegmentsApart() {
    assertEquals(List.of(WEB, UNKNOWN), stored().segments());
    assertEquals(
        List.of(MetricValue.of(Metric.AUC, 1, 2, 2)),
        stored().values(CANDIDATE, Part.TEST, UNKNOWN));
    assertEquals(
        List.of(MetricValue.absent(Metric.AUC, "there are no rows", 0, 0)),
        stored().values(CANDIDATE, Part.TEST, WEB));
  }

  @Test
  void shouldOrderInputsByImportance() {
    assertEquals(
        List.of(new Importance("amount", 0.2), new Importance("hour", 0.01)),
        stored().importances());
  }

  @Test
  void shouldNameModelsAndParts() {
    assertEquals(List.of(CANDIDATE, BASELINE), stored().models());
    assertEquals(List.of(Part.TRAIN, Part.TEST), stored().parts());
  }

  @Test
  void shouldLeaveOutMetricsOfLaterVersions() {
    Evaluation later = ENTRIES.get(0).toRecord();
    later.setMetric("roundness");
    assertEquals(List.of(), EvaluationReport.of(List.of(later)).entries());
  }

  @Test
  void shouldRefuseValueThatIsNoNumber() {
    assertEquals(
        "Cannot have auc with value NaN: expected a finite number",
        assertThrows(
                IllegalArgumentException.class, () -> MetricValue.of(Metric.AUC, Double.NaN, 1, 1))
            .getMessage());
  }
}
