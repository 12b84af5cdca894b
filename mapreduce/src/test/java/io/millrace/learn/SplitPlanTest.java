package io.millrace.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.TrainSpec;
import io.millrace.spec.TrainSpec.Extent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitPlanTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  @ParameterizedTest
  @CsvSource({
    // dates in a row, validation, test, gap; t: train, v: validation, T: test, -: left out
    "10, 0d, 0d, 2, tttttttttt",
    "10, 0d, 3d, 0, tttttttTTT",
    "10, 2d, 3d, 1, ttt-vv-TTT",
    "10, 0d, 3d, 2, ttttt--TTT",
    "10, 20%, 30%, 0, tttttvvTTT",
    "10, 1%, 11%, 0, tttttttvTT",
    "4, 0d, 9d, 1, TTTT",
    "4, 2d, 1d, 9, ---T"
  })
  void shouldSplitByTime(int dates, String validation, String test, int gap, String parts) {
    List<LocalDate> snapshots = FIRST.datesUntil(FIRST.plusDays(dates)).toList();
    SplitPlan plan = SplitPlan.of(byTime(validation, test), gap, snapshots);
    assertEquals(
        parts, snapshots.stream().map(date -> sign(plan, date)).collect(Collectors.joining()));
  }

  @Test
  void shouldSplitMonthsByTheirDates() {
    List<LocalDate> months = List.of(day("06-01"), day("07-01"), day("08-01"), day("09-01"));
    SplitPlan plan = SplitPlan.of(byTime("31d", "1d"), 29, months);
    assertEquals(List.of(day("06-01"), day("07-01")), plan.dates(Part.TRAIN));
    assertEquals(List.of(day("08-01")), plan.dates(Part.VALIDATION));
    assertEquals(List.of(day("09-01")), plan.dates(Part.TEST));
  }

  @Test
  void shouldSplitByHash() {
    SplitPlan plan =
        SplitPlan.of(
            new TrainSpec.Split.ByHash(new BigDecimal("0.1"), new BigDecimal("0.2")),
            0,
            List.of(FIRST));
    SplittableRandom random = new SplittableRandom(1);
    Map<Part, Integer> counts = new EnumMap<>(Part.class);
    for (int row = 0; row < 100_000; row++) {
      counts.merge(plan.part(FIRST, random.nextLong()).orElseThrow(), 1, Integer::sum);
    }
    assertEquals(0.7, counts.getOrDefault(Part.TRAIN, 0) / 1e5, 0.006);
    assertEquals(0.1, counts.getOrDefault(Part.VALIDATION, 0) / 1e5, 0.004);
    assertEquals(0.2, counts.getOrDefault(Part.TEST, 0) / 1e5, 0.005);
    assertEquals(Optional.empty(), plan.part(FIRST.plusDays(1), 0));
  }

  @Test
  void shouldDrawValidationRowsFromTrainingDatesAlone() {
    TrainSpec.Split split =
        new TrainSpec.Split.ByTime(
            new Located<>(new Extent.ShareOfRows(new BigDecimal("0.5")), new Location("", 0, 0)),
            extent("1d"),
            Optional.empty());
    SplitPlan plan = SplitPlan.of(split, 0, List.of(FIRST, FIRST.plusDays(1)));
    assertEquals(Optional.of(Part.VALIDATION), plan.part(FIRST, 1));
    assertEquals(Optional.of(Part.TRAIN), plan.part(FIRST, -1));
    assertEquals(Optional.of(Part.TEST), plan.part(FIRST.plusDays(1), 1));
  }

  private static LocalDate day(String monthAndDay) {
    return LocalDate.parse("2011-" + monthAndDay);
  }

  private static String sign(SplitPlan plan, LocalDate date) {
    return plan.part(date, -1)
        .map(
            part ->
                switch (part) {
                  case TRAIN -> "t";
                  case VALIDATION -> "v";
                  case TEST -> "T";
                })
        .orElse("-");
  }

  private static TrainSpec.Split byTime(String validation, String test) {
    return new TrainSpec.Split.ByTime(extent(validation), extent(test), Optional.empty());
  }

  private static Located<Extent> extent(String text) {
    int number = Integer.parseInt(text.substring(0, text.length() - 1));
    return new Located<>(
        text.endsWith("d")
            ? new Extent.Days(number)
            : new Extent.Share(BigDecimal.valueOf(number, 2)),
        new Location("", 0, 0));
  }
}
