package io.millrace.plan;

import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.JOIN;
import static io.millrace.plan.CardPipeline.SCORE;
import static io.millrace.plan.CardPipeline.day;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinPlanTest {
  private static final String FITS =
      "left out, features of card (50 B) fit into join.memory (50 B)";

  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void landFirstDays() {
    warehouse.landEach(day(1), day(5));
    pipeline.joinMemory = FakeWarehouse.BYTES;
  }

  private String join(PlanRequest request) {
    return Decisions.of(warehouse.plan(pipeline, request), JOIN);
  }

  private String score(PlanRequest request) {
    return Decisions.of(warehouse.plan(pipeline, request), SCORE);
  }

  @Test
  void shouldLeaveOutAJoinWhoseFeaturesFit() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(2)));
    PlanRequest third = PlanRequest.of(day(3));
    assertEquals(FITS, join(third));
    assertEquals("run, not made yet", score(third));
    warehouse.run(pipeline, third);
    assertEquals(null, warehouse.manifest("joined", day(3)));
    assertEquals("up to date", score(third));
    assertEquals("left out, nobody reads it: scores/dt=2026-11-03 is up to date", join(third));
  }

  @Test
  void shouldMakeAJoinWhoseFeaturesAreTooLarge() {
    pipeline.joinMemory = FakeWarehouse.BYTES - 1;
    warehouse.run(pipeline, PlanRequest.of(day(1), day(2)));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(3)));
    assertEquals(
        List.of(
            "clean 3: run, not made yet",
            "partials/card 3: run, not made yet",
            "features/card 3: run, not made yet",
            "join 3: run, not made yet",
            "score 3: run, not made yet"),
        Decisions.of(plan));
  }

  @Test
  void shouldDecideInTheRunWhereFeaturesAreMadeFirst() {
    PlanRequest twoDays = PlanRequest.of(day(1), day(2));
    Plan plan = warehouse.plan(pipeline, twoDays);
    assertEquals(
        List.of(
            "join 1: left out, there are no features to look up",
            "join 2: may run, left out if the features of card, some of which are made first, fit into join.memory (50 B)"),
        Decisions.of(plan).stream().filter(line -> line.startsWith("join")).toList());
    assertEquals(9, plan.toRun().size());
  }

  @Test
  void shouldNotMakeAJoinForScoresThatAreUpToDate() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    pipeline.joinMemory = 0;
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1), day(3)));
    assertTrue(plan.toRun().isEmpty(), () -> Decisions.of(plan).toString());
    assertEquals(
        "left out, nobody reads it: scores/dt=2026-11-03 is up to date",
        join(PlanRequest.of(day(3))));
    // forced scores need it
    assertEquals("run, not made yet", join(PlanRequest.of(day(3)).forced()));
  }

  @Test
  void shouldNotMindARowOfAnEarlierDecision() {
    pipeline.joinMemory = 0;
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    String joined = warehouse.manifest("joined", day(3)).fingerprint();
    // other clean records: scores are stale, and so is what was joined
    warehouse.land(day(3), FakeWarehouse.file("part-1.csv", 4711));
    pipeline.joinMemory = FakeWarehouse.BYTES;
    PlanRequest third = PlanRequest.of(day(3));
    assertEquals(FITS, join(third));
    warehouse.run(pipeline, third);
    assertEquals(joined, warehouse.manifest("joined", day(3)).fingerprint());
    assertEquals("up to date", score(third));
    // asked for again, the old one does not count as made
    pipeline.joinMemory = 0;
    pipeline.modelFingerprint = "other model";
    assertTrue(join(third).startsWith("run, stale"), join(third));
    Plan plan = warehouse.run(pipeline, third);
    assertTrue(Decisions.of(plan, SCORE).startsWith("run, stale: model changed"));
    assertFalse(joined.equals(warehouse.manifest("joined", day(3)).fingerprint()));
  }

  @Test
  void shouldScoreFromAJoinThatStands() {
    pipeline.joinMemory = 0;
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    pipeline.modelFingerprint = "other model";
    assertEquals("up to date", join(PlanRequest.of(day(3))));
    assertEquals("run, stale: model changed", score(PlanRequest.of(day(3))));
  }

  @Test
  void shouldGiveScoresTheSameFingerprintBothWays() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    String lookedUp = warehouse.manifest("scores", day(3)).fingerprint();
    pipeline.joinMemory = 0;
    FakeWarehouse other = new FakeWarehouse();
    other.landEach(day(1), day(5));
    other.run(pipeline, PlanRequest.of(day(1), day(3)));
    assertEquals(lookedUp, other.manifest("scores", day(3)).fingerprint());
    assertEquals(
        warehouse.manifest("scores", day(3)).partitionsRead().stream()
            .map(PartitionRead::dataSet)
            .toList(),
        other.manifest("scores", day(3)).partitionsRead().stream()
            .map(PartitionRead::dataSet)
            .toList());
  }

  @Test
  void shouldNotScoreAloneWithoutTheJoinThatItNeeds() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    pipeline.modelFingerprint = "other model";
    assertEquals("run, stale: model changed", score(PlanRequest.of(day(3)).only(SCORE)));
    pipeline.joinMemory = 0;
    assertEquals(
        "blocked [joined/dt=2026-11-03: not made yet]", score(PlanRequest.of(day(3)).only(SCORE)));
    warehouse.run(pipeline, PlanRequest.of(day(3)).only(JOIN));
    assertEquals("run, stale: model changed", score(PlanRequest.of(day(3)).only(SCORE)));
  }

  @Test
  void shouldBlockBothWhereFeaturesAreMissing() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(2)));
    warehouse.remove("features/card", day(2));
    PlanRequest third = PlanRequest.of(day(3));
    assertEquals("blocked [features/card/dt=2026-11-02: not made yet]", join(third));
    assertEquals("blocked [features/card/dt=2026-11-02: not made yet]", score(third));
    assertEquals(
        List.of(
            "features/card 2: run, not made yet",
            "clean 3: run, not made yet",
            "partials/card 3: run, not made yet",
            "features/card 3: run, not made yet",
            "join 3: may run, left out if the features of card, some of which are made first, fit into join.memory (50 B)",
            "score 3: run, not made yet"),
        Decisions.of(warehouse.plan(pipeline, third.withEarlierDates())));
  }

  @ParameterizedTest
  @CsvSource({
    "3145728, 1048576, 67108864, FITS, 'features of card (3 MiB) and shop (1 MiB) fit into join.memory (64 MiB)'",
    "3145728, 1048577, 4194304, TOO_LARGE, 'features of card (3 MiB) and shop (1.0 MiB) do not fit into join.memory (4 MiB)'",
    "1, 1, 0, TOO_LARGE, 'features of card (1 B) and shop (1 B) do not fit into join.memory (0 B)'",
    "-1, 9, 10, UNKNOWN, 'left out if the features of card and shop (9 B), some of which are made first, fit into join.memory (10 B)'",
    "-1, 9, 8, TOO_LARGE, 'features of card and shop (9 B) do not fit into join.memory (8 B)'"
  })
  void shouldCompareAllFeaturesTogether(
      long card, long shop, long memory, LookUp.Size expected, String words) {
    List<PlannedInput> inputs =
        List.of(
            new PlannedInput(CardPipeline.CLEAN, day(2), OptionalLong.of(1L << 40), "a"),
            input(FEATURES, card),
            input(StageId.features("shop"), shop));
    LookUp lookUp = new LookUp(SCORE, memory);
    assertEquals(expected, lookUp.size(inputs));
    assertEquals(words, lookUp.describe(inputs));
  }

  private static PlannedInput input(StageId stage, long bytes) {
    return new PlannedInput(
        stage, day(1), bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes), "a");
  }
}
