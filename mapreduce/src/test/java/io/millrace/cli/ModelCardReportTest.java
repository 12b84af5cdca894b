package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCard.Measured;
import io.millrace.model.card.ModelCards;
import io.millrace.model.card.ModelVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCardReportTest {
  private static final ModelCard CARD =
      ModelCards.withMetrics(
          ModelCards.fraud(ModelVersion.parse("2026-11-15-1"), 0.85, "ef".repeat(32)),
          List.of(
              measured(null, "auc", null, 0.85, 500),
              measured(null, "calibration_score", "1", 0.01, 500),
              measured(null, "calibration_rate", "1", 0.02, 500),
              measured("channel=web", "auc", null, 0.75, 120),
              measured("channel=web", "unscored", null, 0.0, 0)));

  @Test
  void shouldTellOfHowManyRowsASegmentIs() {
    assertTrue(has("channel=web +120 +0.75 +0"), CARD::toString);
  }

  @Test
  void shouldLeaveTheBinsOfACalibrationToTheEvaluation() {
    assertTrue(has("auc +0.85"));
    assertTrue(lines().stream().noneMatch(line -> line.contains("calibration")));
  }

  private static boolean has(String pattern) {
    return lines().stream().anyMatch(line -> line.strip().matches(pattern));
  }

  private static List<String> lines() {
    return new ModelCardReport(CARD).lines();
  }

  private static Measured measured(
      String segment, String metric, String parameter, double value, long rows) {
    return new Measured(
        Measured.CANDIDATE, "test", segment, metric, null, parameter, value, null, rows);
  }
}
