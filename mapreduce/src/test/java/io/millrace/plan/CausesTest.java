package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.SCORE;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CausesTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void runFiveDays() {
    warehouse.landEach(day(1), day(5));
    warehouse.run(pipeline, PlanRequest.of(day(1), day(5)));
  }

  @Test
  void shouldNameTheDaysWhereAChangeBegan() {
    warehouse.land(day(2), file("part-1.csv", 77));
    assertEquals(
        "stale because of clean/dt=2026-11-02: raw/part-1.csv changed", reason(FEATURES, 4));
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    assertEquals(
        "stale because of clean of 2026-11-03 … 2026-11-05: rules.amount_in_range was"
            + " `amount BETWEEN 0 AND 100000`, is `amount > 0`",
        reason(FEATURES, 5));
  }

  @Test
  void shouldNotNameChangesThatAReaderDoesNotSee() {
    pipeline.cleanColumns.put("channel", "INT");
    warehouse.land(day(3), file("part-1.csv", 77));
    assertEquals(
        "stale because of clean/dt=2026-11-03: raw/part-1.csv changed", reason(PARTIALS, 3));
    pipeline.aggregates.put("web_share", List.of("channel"));
    assertEquals(
        "stale: column web_share was added; and because of clean/dt=2026-11-03: schema.channel was"
            + " `VARCHAR`, is `INT`; raw/part-1.csv changed",
        reason(PARTIALS, 3));
    // scores read the count of transactions alone
    assertEquals("stale because of clean/dt=2026-11-03: raw/part-1.csv changed", reason(SCORE, 4));
  }

  @Test
  void shouldSayWhenAnInputWasMadeAgainAlready() {
    warehouse.land(day(3), file("part-1.csv", 77));
    warehouse.run(pipeline, PlanRequest.of(day(3)).only(CLEAN));
    assertEquals(
        "stale because of clean/dt=2026-11-03: it is no longer what it was then",
        reason(PARTIALS, 3));
    assertEquals(
        "stale because of clean/dt=2026-11-03: it is no longer what it was then",
        reason(FEATURES, 4));
  }

  @Test
  void shouldLookBehindAnInputThatSomebodyDeleted() {
    warehouse.remove("partials/card", day(3));
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    assertEquals("not made yet", reason(PARTIALS, 3));
    assertEquals(
        "stale because of clean of 2026-11-02 … 2026-11-04: rules.amount_in_range was"
            + " `amount BETWEEN 0 AND 100000`, is `amount > 0`",
        reason(FEATURES, 4));
  }

  @Test
  void shouldTellOfManyInputsAtOnce() {
    pipeline.from = day(1).minusDays(5);
    assertEquals(
        "stale because of clean/dt=2026-11-01: source.lateness was `none`, is `3d` (on the first date, source.from, there is none);"
            + " partials/card of 2026-10-30 … 2026-10-31: it is read now and was not",
        reason(FEATURES, 1));
  }

  @Test
  void shouldMergeReasonsThatDifferInDatesOnly() {
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    Reason second = run(FEATURES, 2);
    Reason fifth = run(FEATURES, 5);
    assertEquals(second.undated(), fifth.undated());
    assertEquals(
        "stale because of clean of 2026-11-01 … 2026-11-05: rules.amount_in_range was"
            + " `amount BETWEEN 0 AND 100000`, is `amount > 0`",
        Reason.together(List.of(second, fifth)).toString());
  }

  private String reason(StageId stage, int day) {
    return run(stage, day).toString();
  }

  private Reason run(StageId stage, int day) {
    warehouse.landEach(CardPipeline.FROM.minusDays(5), CardPipeline.FROM.minusDays(1));
    return warehouse.plan(pipeline, PlanRequest.of(pipeline.from, day(5))).stages().stream()
        .filter(planned -> planned.stage().equals(stage) && planned.date().equals(day(day)))
        .map(PlannedStage::decision)
        .map(Decision.Run.class::cast)
        .map(Decision.Run::why)
        .findFirst()
        .orElseThrow();
  }
}
