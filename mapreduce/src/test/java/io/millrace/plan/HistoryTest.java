package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.SCORE;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void landFirstDays() {
    warehouse.landEach(day(1), day(9));
  }

  @Test
  void shouldBlockWhenEarlierDatesAreMissing() {
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(3)));
    assertEquals(
        List.of(
            "clean 3: run, not made yet",
            "partials/card 3: run, not made yet",
            "features/card 3: blocked [partials/card/dt=2026-11-01: not made yet,"
                + " partials/card/dt=2026-11-02: not made yet]",
            "score 3: blocked [features/card/dt=2026-11-02: not made yet]"),
        Decisions.of(plan));
    assertEquals(Optional.of(new Plan.DateRange(day(1), day(2))), plan.earlierDates());
  }

  @Test
  void shouldTellTheFirstDateThatIsNeededInTheEnd() {
    // scores of the 9th need features of the 8th, which need partials from the 6th on
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(9)).only(SCORE));
    assertEquals(Optional.of(new Plan.DateRange(day(6), day(8))), plan.earlierDates());
  }

  @Test
  void shouldAddOnlyTheStagesNeededOfEarlierDates() {
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(9)).withEarlierDates());
    assertEquals(
        List.of(
            "clean 6: run, not made yet",
            "partials/card 6: run, not made yet",
            "clean 7: run, not made yet",
            "partials/card 7: run, not made yet",
            "clean 8: run, not made yet",
            "partials/card 8: run, not made yet",
            "features/card 8: run, not made yet",
            "clean 9: run, not made yet",
            "partials/card 9: run, not made yet",
            "features/card 9: run, not made yet",
            "score 9: run, not made yet"),
        Decisions.of(plan));
    assertEquals(Optional.empty(), plan.earlierDates());
  }

  @Test
  void shouldNotForceEarlierDates() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(4)));
    warehouse.remove("partials/card", day(3));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(4)).withEarlierDates().forced());
    assertEquals("partials/card 3: run, not made yet", Decisions.of(plan).get(0));
    assertEquals(5, plan.toRun().size());
  }

  @Test
  void shouldBlockWhenAnEarlierDateIsStale() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(2)));
    warehouse.land(day(2), file("part-1.csv", 99));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(3)));
    assertEquals(
        "blocked [partials/card/dt=2026-11-02: stale because of clean/dt=2026-11-02: raw/part-1.csv changed]",
        Decisions.of(plan, FEATURES));
  }

  @Test
  void shouldReadEarlierDatesThatAreStaleInUnreadColumns() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(2)));
    pipeline.aggregates.put("web_share", List.of("channel"));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(3)));
    assertEquals("run, not made yet", Decisions.of(plan, SCORE));
    assertTrue(Decisions.of(plan, FEATURES).startsWith("blocked [partials/card/dt=2026-11-01"));
  }

  @Test
  void shouldNotBlockForDatesBeforeTheFirst() {
    pipeline.from = day(9);
    assertTrue(warehouse.plan(pipeline, PlanRequest.of(day(9))).blocked().isEmpty());
  }

  @Test
  void shouldNameTheRawInputBehindAMissingPartition() {
    warehouse.removeRaw(day(2));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(3)).withEarlierDates());
    assertTrue(
        Decisions.of(plan)
            .contains(
                "features/card 3: blocked [partials/card/dt=2026-11-02: cannot be made without"
                    + " clean/dt=2026-11-02: the raw input is not there]"));
    assertEquals(
        List.of("clean 2", "partials/card 2", "features/card 2", "features/card 3", "score 3"),
        plan.blocked().stream()
            .map(stage -> stage.stage() + " " + stage.date().getDayOfMonth())
            .toList());
  }

  @Test
  void shouldNotMakeStagesThatWereLeftOut() {
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1)).only(PARTIALS).withEarlierDates());
    assertEquals(
        List.of("partials/card 1: blocked [clean/dt=2026-11-01: not made yet]"),
        Decisions.of(plan));
  }

  @Test
  void shouldCountDaysOfTheRangeAsMade() {
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1), day(9)));
    assertEquals(36, plan.toRun().size());
    assertEquals(CLEAN, plan.toRun().get(0).stage());
  }
}
