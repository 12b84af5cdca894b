package io.millrace.learn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.spec.EvaluateSpec.Top;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankedScoresTest {
  private static final List<Top> TOP =
      List.of(new Top.Rows(2), new Top.Rows(9), new Top.Share(new BigDecimal("0.5")));

  private static String reason(Ranking ranking, Metric metric) {
    return ranking.find(metric).reason().orElseThrow();
  }

  // pairs of a true and a false row, of which the true one scores higher; ties are half a pair
  @ParameterizedTest
  @CsvSource({
    "A 0.9 b 0.1,                     1",
    "A 0.1 b 0.9,                     0",
    "A 0.5 b 0.5,                     0.5",
    "A 0.9 b 0.5 A 0.5 b 0.1,         0.875",
    "A 0.9 b 0.5 b 0.5 A 0.5 b 0.1,   0.8333333333333334",
    "A 0.9 b 0.8 b 0.7 A 0.6 b 0.5,   0.6666666666666666"
  })
  void shouldCountPairs(String rows, double area) {
    assertEquals(area, Ranking.of(rows).value(Metric.AUC));
  }

  @Test
  void shouldCountRowsByWeight() {
    // 3 pairs of weight 10 each, of which two are in order: as if the false rows stood ten times
    Ranking ranking = new Ranking().add(true, 0.9, 1).add(false, 0.8, 10).add(true, 0.7, 2);
    assertEquals(1.0 / 3, ranking.value(Metric.AUC));
    assertEquals(13, ranking.find(Metric.AUC).weight());
    assertEquals(3, ranking.find(Metric.AUC).rows());
  }

  @Test
  void shouldSayWhyThereIsNoArea() {
    assertEquals(
        "the rows are of one class: none of 2 is false",
        reason(Ranking.of("A 0.9 A 0.8"), Metric.AUC));
    assertEquals(
        "the rows are of one class: none of 1 is true", reason(Ranking.of("b 0.9"), Metric.AUC));
    assertEquals("there are no rows", reason(new Ranking(), Metric.AUC));
    assertEquals("no row is true", reason(Ranking.of("b 0.9"), Metric.AVERAGE_PRECISION));
    assertEquals("no row is true", reason(Ranking.of("b 0.9"), Metric.RECALL));
    assertEquals("no row scores at least 0.5", reason(Ranking.of("A 0.4"), Metric.PRECISION));
    assertEquals(
        "no row is true, and no row scores at least 0.5", reason(Ranking.of("b 0.4"), Metric.F1));
  }

  @Test
  void shouldClipProbabilitiesBeforeTheLogarithm() {
    // −ln(2⁻⁵²) = 52·ln 2
    assertEquals(52 * Math.log(2), Ranking.of("A 0").value(Metric.LOG_LOSS), 1e-14);
    assertEquals(0x1p-52, Ranking.of("A 1").value(Metric.LOG_LOSS), 1e-30);
  }

  @Test
  void shouldMeasureNoProbabilitiesWhereScoresAreNone() {
    Ranking ranking = Ranking.of("A 37.5 b 0.5 b -1");
    assertEquals("scores are not probabilities: one is 37.5", reason(ranking, Metric.LOG_LOSS));
    assertEquals("scores are not probabilities: one is 37.5", reason(ranking, Metric.BRIER));
    assertEquals(
        "scores are not probabilities: one is -1.0",
        reason(Ranking.of("A 0.5 b -1"), Metric.CALIBRATION_ERROR));
    assertEquals(1, ranking.value(Metric.AUC));
  }

  @Test
  void shouldLookAtTheHighestScores() {
    // of the two highest one is true; of all five two are
    Ranking ranking = Ranking.of("A 0.9 b 0.8 b 0.7 A 0.6 b 0.5").with(0.5, TOP);
    List<MetricValue> values = ranking.values();
    assertEquals("there are fewer rows: 5.0", reasonAt(values, Metric.LIFT_AT, "9"));
    assertEquals(0.5, at(values, Metric.PRECISION_AT, "2"));
    assertEquals(0.5, at(values, Metric.RECALL_AT, "2"));
    assertEquals(1.25, at(values, Metric.LIFT_AT, "2"));
    // half of five rows: the third counts half
    assertEquals(0.4, at(values, Metric.PRECISION_AT, "50%"));
  }

  @Test
  void shouldShareRoomAmongRowsThatScoreTheSame() {
    // one row is left to be taken of four with the same score, of which three are true
    Ranking ranking = Ranking.of("b 0.9 A 0.5 A 0.5 A 0.5 b 0.5 b 0.1").with(0.5, TOP);
    assertEquals(0.75 / 2, at(ranking.values(), Metric.PRECISION_AT, "2"));
    assertEquals(0.75 / 3, at(ranking.values(), Metric.RECALL_AT, "2"));
  }

  private static double at(List<MetricValue> values, Metric metric, String parameter) {
    return find(values, metric, parameter).value().orElseThrow();
  }

  private static String reasonAt(List<MetricValue> values, Metric metric, String parameter) {
    return find(values, metric, parameter).reason().orElseThrow();
  }

  private static MetricValue find(List<MetricValue> values, Metric metric, String parameter) {
    return values.stream()
        .filter(value -> value.metric() == metric)
        .filter(value -> value.parameter().equals(Optional.of(parameter)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldPutTenthsOfTheWeightIntoBins() {
    Ranking ranking = new Ranking();
    for (int i = 1; i <= 20; i++) {
      ranking.add(i > 15, i / 20.0, 1);
    }
    List<MetricValue> values = ranking.values();
    // bin 1 has the scores 0.05 and 0.1; the true ones are the upper five of twenty
    MetricValue lowest = find(values, Metric.CALIBRATION_SCORE, "1");
    assertEquals(0.075, lowest.value().orElseThrow(), 1e-15);
    assertEquals(2, lowest.rows());
    assertEquals(2, lowest.weight());
    assertEquals(0, at(values, Metric.CALIBRATION_RATE, "7"));
    assertEquals(0.5, at(values, Metric.CALIBRATION_RATE, "8"));
    assertEquals(1, at(values, Metric.CALIBRATION_RATE, "10"));
    // mean of |score − rate| of the bins: 7 with rate 0, one with 0.5, two with 1
    double error =
        (0.075 + 0.175 + 0.275 + 0.375 + 0.475 + 0.575 + 0.675 + 0.275 + 0.125 + 0.025) / 10;
    assertEquals(error, ranking.value(Metric.CALIBRATION_ERROR), 1e-15);
  }

  @Test
  void shouldKeepEqualScoresInOneBin() {
    List<MetricValue> values = Ranking.of("A 0.5 A 0.5 b 0.5 b 0.5").values();
    assertEquals(List.of(0.5), Ranking.each(values, Metric.CALIBRATION_SCORE));
    assertEquals(List.of(0.5), Ranking.each(values, Metric.CALIBRATION_RATE));
    assertEquals(0.5, at(values, Metric.CALIBRATION_RATE, "10"));
  }

  @Test
  void shouldCountAtTheThresholdItself() {
    List<MetricValue> values = Ranking.of("A 0.9 b 0.7 A 0.2").with(0.7, List.of()).values();
    assertEquals(1, at(values, Metric.TRUE_POSITIVES, "0.7"));
    assertEquals(1, at(values, Metric.FALSE_POSITIVES, "0.7"));
    assertEquals(0, at(values, Metric.TRUE_NEGATIVES, "0.7"));
    assertEquals(1, at(values, Metric.FALSE_NEGATIVES, "0.7"));
  }

  @Test
  void shouldRefuseScoresThatDoNotDescend() {
    RankedScores scores = RankedScores.area();
    scores.add(0.5, new ScoreTally().add(true, 1));
    assertEquals(
        "Cannot add score 0.5 behind 0.5: scores come in descending order, each once",
        assertThrows(
                IllegalArgumentException.class,
                () -> scores.add(0.5, new ScoreTally().add(true, 1)))
            .getMessage());
  }
}
