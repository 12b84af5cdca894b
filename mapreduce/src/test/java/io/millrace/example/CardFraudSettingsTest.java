package io.millrace.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CardFraudSettingsTest {
  private static final LocalDate FROM = LocalDate.parse("2026-01-01");

  @Test
  void shouldSayWhichSettingIsWrong() {
    assertRejected(
        "Cannot generate with days 0: expected at least 1", () -> CardFraudSettings.of(FROM, 0));
    assertRejected(
        "Cannot generate with cards -5: expected at least 1",
        () -> CardFraudSettings.of(FROM, 1).withCards(-5));
    assertRejected(
        "Cannot compress 3 files a day: there are 2",
        () -> CardFraudSettings.of(FROM, 1).withFiles(2, 3));
  }

  @Test
  void shouldRejectSharesThatCannotBe() {
    assertRejected(
        "Cannot use share -0.1 of LATE: expected 0 to 1",
        () -> DefectShares.none().with(Defect.LATE, -0.1));
    assertRejected(
        "Cannot use share NaN of FUTURE: expected 0 to 1",
        () -> DefectShares.none().with(Defect.FUTURE, Double.NaN));
    assertRejected(
        "Cannot use shares that sum to 1.5: a line has one defect at most",
        () -> DefectShares.none().with(Defect.LATE, 0.75).with(Defect.FUTURE, 0.75));
  }

  private static void assertRejected(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
