package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans where clean reads the keys of its own earlier dates. */
class AcrossDatesTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void landDays() {
    pipeline.acrossDays = 3;
    warehouse.landEach(day(1), day(9));
  }

  private List<String> inputsOfClean(int day) {
    return warehouse.plan(pipeline, PlanRequest.of(day(1), day(9)).only(CLEAN)).stages().stream()
        .filter(stage -> stage.date().equals(day(day)))
        .flatMap(stage -> stage.inputs().stream())
        .map(input -> input.dataSet() + " " + input.date().getDayOfMonth())
        .toList();
  }

  private Plan planOfDays(int first, int last) {
    return warehouse.plan(pipeline, PlanRequest.of(day(first), day(last)));
  }

  private List<Integer> cleanDaysThatRun(Plan plan) {
    return plan.toRun().stream()
        .filter(stage -> stage.stage().equals(CLEAN))
        .map(stage -> stage.date().getDayOfMonth())
        .toList();
  }

  @Test
  void shouldReadTheDaysBeforeAndNoneBeforeTheFirst() {
    assertEquals(List.of(), inputsOfClean(1));
    assertEquals(List.of("clean 1"), inputsOfClean(2));
    assertEquals(List.of("clean 1", "clean 2", "clean 3"), inputsOfClean(4));
    assertEquals(List.of("clean 6", "clean 7", "clean 8"), inputsOfClean(9));
  }

  @Test
  void shouldRunARangeOldestFirst() {
    Plan plan = warehouse.run(pipeline, PlanRequest.of(day(1), day(9)).only(CLEAN));
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), cleanDaysThatRun(plan));
    assertEquals(List.of(), cleanDaysThatRun(planOfDays(1, 9)));
  }

  @Test
  void shouldBlockWhenEarlierDaysAreMissing() {
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(9)).only(CLEAN));
    assertEquals(
        "blocked [clean/dt=2026-11-06: not made yet, clean/dt=2026-11-07: not made yet,"
            + " clean/dt=2026-11-08: not made yet]",
        Decisions.of(plan, CLEAN));
    // the 6th hangs on the 3rd to 5th, and so on to the first
    assertEquals(Optional.of(new Plan.DateRange(day(1), day(8))), plan.earlierDates());
  }

  @Test
  void shouldMakeAllOfHistoryWhenAsked() {
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(9)).only(CLEAN).withEarlierDates());
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), cleanDaysThatRun(plan));
  }

  @Test
  void shouldMakeAllLaterDaysAgainWhenADayLandsAgain() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(9)));
    warehouse.land(day(4), file("part-1.csv", 99));
    Plan plan = planOfDays(1, 9);
    assertEquals(List.of(4, 5, 6, 7, 8, 9), cleanDaysThatRun(plan));
    assertTrue(
        Decisions.of(plan)
            .contains("clean 5: run, stale because of clean/dt=2026-11-04: raw/part-1.csv changed"),
        () -> Decisions.of(plan).toString());
    warehouse.run(pipeline, PlanRequest.of(day(1), day(9)));
    assertEquals(List.of(), planOfDays(1, 9).toRun());
  }

  @Test
  void shouldLeaveLaterDaysAloneWhenNoKeyChanges() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(9)));
    warehouse.remove("clean", day(4));
    warehouse.remove("quarantine/clean", day(4));
    assertEquals(List.of(4), cleanDaysThatRun(planOfDays(1, 9)));
    warehouse.run(pipeline, PlanRequest.of(day(4)));
    pipeline.cleanColumns.put("amount", "FLOAT");
    // all days are stale, but their keys are as they were
    assertEquals(
        "stale: schema.amount was `DOUBLE`, is `FLOAT`", reasonOf(planOfDays(5, 5).toRun().get(0)));
  }

  private static String reasonOf(PlannedStage stage) {
    return ((Decision.Run) stage.decision()).why().toString();
  }

  private static String reasonOfLast(Plan plan) {
    return reasonOf(plan.toRun().get(plan.toRun().size() - 1));
  }

  @Test
  void shouldWaitForALostDayWhenADayThatReadItLandsAgain() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(2)).only(CLEAN));
    warehouse.removeRaw(day(1));
    warehouse.remove("clean", day(1));
    warehouse.remove("quarantine/clean", day(1));
    assertEquals(
        "source gone []",
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(2)).only(CLEAN)), CLEAN));
    warehouse.land(day(2), file("part-1.csv", 99));
    assertEquals(
        "blocked [clean/dt=2026-11-01: the raw input is not there]",
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(2)).only(CLEAN)), CLEAN));
  }

  @Test
  void shouldReadWhatIsKeptOfADayWhoseSourceIsGone() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(8)));
    for (int gone = 1; gone <= 8; gone++) {
      warehouse.removeRaw(day(gone));
    }
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(9)));
    assertEquals(4, plan.toRun().size());
    assertEquals(List.of(), plan.blocked());
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    assertEquals(List.of(9), cleanDaysThatRun(planOfDays(1, 9)));
  }

  @Test
  void shouldNameTheDayWithoutRawFilesBehindABlockedOne() {
    warehouse.removeRaw(day(2));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(9)).only(CLEAN).withEarlierDates());
    assertTrue(
        Decisions.of(plan)
            .contains(
                "clean 9: blocked [clean/dt=2026-11-06: cannot be made without clean/dt=2026-11-02: the"
                    + " raw input is not there, clean/dt=2026-11-07: cannot be made without"
                    + " clean/dt=2026-11-02: the raw input is not there, clean/dt=2026-11-08: cannot be"
                    + " made without clean/dt=2026-11-02: the raw input is not there]"),
        () -> Decisions.of(plan).toString());
  }

  @Test
  void shouldTakeAnAbsentDayAsEmptyWhereTheSpecSaysSo() {
    pipeline.missingIsEmpty = true;
    warehouse.removeRaw(day(2));
    warehouse.run(pipeline, PlanRequest.of(day(1), day(9)));
    assertEquals(List.of(), planOfDays(1, 9).toRun());
    warehouse.land(day(2), file("part-1.csv", 1));
    assertEquals(List.of(2, 3, 4, 5, 6, 7, 8, 9), cleanDaysThatRun(planOfDays(1, 9)));
  }

  @Test
  void shouldPlanDecadesWithoutRunningOutOfStack() {
    LocalDate last = day(1).plusYears(10);
    warehouse.landEach(day(1), last);
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(last).only(CLEAN).withEarlierDates());
    assertEquals(3654, plan.toRun().size());
    assertEquals(day(1), plan.toRun().get(0).date());
    warehouse.run(pipeline, PlanRequest.of(day(1), last).only(CLEAN));
    warehouse.land(day(2), file("part-1.csv", 99));
    plan = warehouse.plan(pipeline, PlanRequest.of(last).only(CLEAN).withEarlierDates());
    assertEquals(3653, plan.toRun().size());
    assertEquals(
        "stale because of clean/dt=2026-11-02: raw/part-1.csv changed", reasonOfLast(plan));
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    plan = warehouse.plan(pipeline, PlanRequest.of(last).only(CLEAN).withEarlierDates());
    assertEquals(3654, plan.toRun().size());
    assertEquals(
        "stale: rules.amount_in_range was `amount BETWEEN 0 AND 100000`, is `amount > 0`; and"
            + " because of clean/dt=2026-11-02: raw/part-1.csv changed",
        reasonOfLast(plan));
  }

  @Test
  void shouldGoOnToTheStagesBehind() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(9)));
    warehouse.land(day(8), file("part-1.csv", 99));
    Plan plan = planOfDays(9, 9);
    assertEquals(
        "blocked [clean/dt=2026-11-08: stale: raw/part-1.csv changed]", Decisions.of(plan, CLEAN));
    assertTrue(Decisions.of(plan, PARTIALS).startsWith("blocked [clean/dt=2026-11-09"));
    assertTrue(Decisions.of(plan, FEATURES).startsWith("blocked ["));
  }
}
