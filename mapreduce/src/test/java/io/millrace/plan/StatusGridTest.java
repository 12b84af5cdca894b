package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusGridTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void runFourDays() {
    warehouse.landEach(day(1), day(5));
    warehouse.run(pipeline, PlanRequest.of(day(1), day(4)));
  }

  @Test
  void shouldShowHowEachPartitionStands() {
    warehouse.removeRaw(day(1));
    warehouse.remove("features/card", day(2));
    warehouse.land(day(4), file("part-1.csv", 77));
    assertEquals(
        List.of(
            "1: SOURCE_GONE DONE DONE DONE",
            "2: DONE DONE MISSING DONE",
            "3: DONE DONE DONE DONE",
            "4: STALE STALE STALE STALE",
            "5: MISSING MISSING MISSING MISSING",
            "6: BLOCKED BLOCKED BLOCKED BLOCKED"),
        lines(day(1), day(6)));
  }

  @Test
  void shouldTellOfPartitionsWithOneReasonTogether() {
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    String rule = "rules.amount_in_range was `amount BETWEEN 0 AND 100000`, is `amount > 0`";
    assertEquals(
        List.of(
            "[clean] 2026-11-01 … 2026-11-04: stale: " + rule,
            "[clean, partials/card, features/card, score] 2026-11-05: not made yet",
            "[clean] 2026-11-06: the raw input is not there",
            "[partials/card, features/card, score] 2026-11-01 … 2026-11-04: stale because of clean"
                + " of 2026-11-01 … 2026-11-04: "
                + rule,
            "[partials/card, features/card, score] 2026-11-06: cannot be made without"
                + " clean/dt=2026-11-06: the raw input is not there"),
        groups(day(1), day(6)));
  }

  @Test
  void shouldKeepReasonsApartThatDiffer() {
    warehouse.land(day(2), file("part-1.csv", 77));
    warehouse.land(day(4), file("part-2.csv", 77));
    assertEquals(
        List.of(
            "[clean] 2026-11-02: stale: raw/part-1.csv changed",
            "[clean] 2026-11-04: stale: raw/part-1.csv is gone; raw/part-2.csv is new",
            "[partials/card] 2026-11-02: stale because of clean/dt=2026-11-02:"
                + " raw/part-1.csv changed",
            "[partials/card] 2026-11-04: stale because of clean/dt=2026-11-04:"
                + " raw/part-1.csv is gone; raw/part-2.csv is new",
            "[features/card, score] 2026-11-02 … 2026-11-03: stale because of"
                + " clean/dt=2026-11-02: raw/part-1.csv changed",
            "[features/card, score] 2026-11-04: stale because of clean/dt=2026-11-02:"
                + " raw/part-1.csv changed; clean/dt=2026-11-04: raw/part-1.csv is gone;"
                + " raw/part-2.csv is new"),
        groups(day(1), day(4)));
  }

  @Test
  void shouldSayWhatAKeptPartitionWillNeverFollow() {
    warehouse.removeRaw(day(1));
    assertEquals(
        List.of("[clean] 2026-11-01: kept as it is, for what it was made from is gone"),
        groups(day(1), day(1)));
    pipeline.cleanColumns.put("merchant", "VARCHAR");
    assertEquals(
        List.of(
            "[clean] 2026-11-01: kept as it is, for what it was made from is gone; since then:"
                + " column merchant was added"),
        groups(day(1), day(1)));
  }

  @Test
  void shouldMendWithOneRequest() {
    assertEquals(List.of(PlanRequest.of(day(5))), warehouse.mending(pipeline, day(1), day(5)));
    pipeline.rules.clear();
    assertEquals(
        List.of(PlanRequest.of(day(1), day(5))), warehouse.mending(pipeline, day(1), day(5)));
    assertEquals(
        List.of(PlanRequest.of(day(4), day(5)).withEarlierDates()),
        warehouse.mending(pipeline, day(4), day(5)));
  }

  @Test
  void shouldMendAroundDatesThatWaitForInput() {
    warehouse.landEach(day(9), day(9));
    pipeline.rules.clear();
    assertEquals(
        List.of(PlanRequest.of(day(1), day(5))), warehouse.mending(pipeline, day(1), day(9)));
    warehouse.removeRaw(day(2));
    warehouse.remove("clean", day(2));
    warehouse.remove("quarantine/clean", day(2));
    // the partials of the second day are kept; its features are made for the scores of the third
    assertEquals(
        List.of(PlanRequest.of(day(1)), PlanRequest.of(day(3), day(5)).withEarlierDates()),
        warehouse.mending(pipeline, day(1), day(5)));
  }

  @Test
  void shouldRefuseDatesBeforeTheFirst() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> lines(LocalDate.of(2026, 10, 31), day(1)));
    assertEquals(
        "Cannot look at 2026-10-31: the first date of card-fraud is 2026-11-01 (source.from)",
        error.getMessage());
  }

  @Test
  void shouldKnowBeforehandWhatItWillAskFor() {
    Reach reach = Reach.of(pipeline.outline(), CLEAN::equals, day(3), day(4));
    assertEquals(2 * CLEAN.dataSets().size(), reach.partitions().size());
    assertTrue(reach.partitions().contains(new PartitionName("clean", day(4))));
    assertTrue(reach.partitions().contains(new PartitionName("quarantine/clean", day(3))));
    // scores read features of the day before, these read partials of three days
    assertEquals(
        List.of(day(3), day(4), day(5), day(6)),
        List.copyOf(Reach.of(pipeline.outline(), stage -> true, day(6), day(6)).rawDates()));
  }

  private List<String> lines(LocalDate first, LocalDate last) {
    List<String> lines = new ArrayList<>();
    for (StatusGrid.Row row : warehouse.status(pipeline, first, last).rows()) {
      lines.add(
          row.date().getDayOfMonth()
              + ": "
              + row.partitions().stream()
                  .map(partition -> partition.state().name())
                  .collect(Collectors.joining(" ")));
    }
    return lines;
  }

  private List<String> groups(LocalDate first, LocalDate last) {
    return warehouse.status(pipeline, first, last).groups().stream()
        .map(
            group -> "%s %s: %s".formatted(group.stages(), Dates.of(group.dates()), group.reason()))
        .toList();
  }
}
