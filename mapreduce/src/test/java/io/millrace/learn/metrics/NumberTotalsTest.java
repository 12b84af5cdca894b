package io.millrace.learn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumberTotalsTest {
  private static List<MetricValue> values(UnitDeviance deviance, double[]... rows) {
    NumberTotals totals = new NumberTotals(deviance);
    for (double[] row : rows) {
      totals.add(row[0], row[1], row[2]);
    }
    return totals.values();
  }

  private static double value(List<MetricValue> values, Metric metric) {
    return Ranking.find(values, metric).orElseThrow().value().orElseThrow();
  }

  @Test
  void shouldMeasureByWeight() {
    // labels 1, 3, 3 (mean 7/3) and scores 2, 3, 3, the last two as one row of weight 2
    List<MetricValue> values =
        values(UnitDeviance.GAUSSIAN, new double[] {1, 2, 1}, new double[] {3, 3, 2});
    assertEquals(Math.sqrt(1.0 / 3), value(values, Metric.RMSE));
    assertEquals(1.0 / 3, value(values, Metric.MAE));
    assertEquals(1.0 / 3, value(values, Metric.BIAS));
    // 1 − 1 / (16/9 + 2·4/9)
    assertEquals(0.625, value(values, Metric.R2), 1e-16);
    assertEquals(1.0 / 3, value(values, Metric.DEVIANCE));
  }

  @Test
  void shouldSayWhyThereIsNoShareOfVariance() {
    MetricValue r2 =
        Ranking.find(
                values(UnitDeviance.GAUSSIAN, new double[] {0.1, 2, 1}, new double[] {0.1, 3, 2}),
                Metric.R2)
            .orElseThrow();
    assertEquals("all labels are the same", r2.reason().orElseThrow());
  }

  @Test
  void shouldSayWhyThereIsNoPoissonDeviance() {
    MetricValue deviance =
        Ranking.find(
                values(UnitDeviance.POISSON, new double[] {1, 0, 1}, new double[] {0, 3, 2}),
                Metric.DEVIANCE)
            .orElseThrow();
    assertEquals(
        "poisson needs labels of at least 0 and scores above 0, which 1 of 2 rows have not",
        deviance.reason().orElseThrow());
    assertEquals("poisson", deviance.parameter().orElseThrow());
  }

  @Test
  void shouldMeasureNothingOfNoRows() {
    assertTrue(values(UnitDeviance.GAUSSIAN).isEmpty());
  }
}
