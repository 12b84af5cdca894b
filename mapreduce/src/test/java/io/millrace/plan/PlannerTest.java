package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.SCORE;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void landFirstDays() {
    warehouse.landEach(day(1), day(4));
  }

  @Test
  void shouldRunEverythingOnFirstDay() {
    assertEquals(
        List.of(
            "clean 1: run, not made yet",
            "partials/card 1: run, not made yet",
            "features/card 1: run, not made yet",
            "score 1: run, not made yet"),
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)))));
  }

  @Test
  void shouldLeaveEverythingAloneWhenNothingChanged() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1), day(3)));
    assertEquals(12, plan.stages().size());
    assertTrue(plan.toRun().isEmpty(), () -> Decisions.of(plan).toString());
    assertTrue(plan.blocked().isEmpty());
  }

  @Test
  void shouldPlanOldestDateFirst() {
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1), day(2)));
    assertEquals(
        List.of(
            "clean 1",
            "partials/card 1",
            "features/card 1",
            "score 1",
            "clean 2",
            "partials/card 2",
            "features/card 2",
            "score 2"),
        plan.toRun().stream()
            .map(stage -> stage.stage() + " " + stage.date().getDayOfMonth())
            .toList());
  }

  @Test
  void shouldGiveInputsOfFeatures() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(2)));
    PlannedStage features =
        warehouse.plan(pipeline, PlanRequest.of(day(3))).stages().stream()
            .filter(stage -> stage.stage().equals(FEATURES))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of("partials/card 1", "partials/card 2", "partials/card 3"),
        features.inputs().stream()
            .map(input -> input.dataSet() + " " + input.date().getDayOfMonth())
            .toList());
    assertEquals(
        List.of(OptionalLong.of(50), OptionalLong.of(50), OptionalLong.empty()),
        features.inputs().stream().map(PlannedInput::bytes).toList());
  }

  @Test
  void shouldRunOnlyTheStageAskedFor() {
    warehouse.run(pipeline, PlanRequest.of(day(1)).only(CLEAN));
    assertEquals(
        List.of("partials/card 1: run, not made yet"),
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)).only(PARTIALS))));
  }

  @Test
  void shouldBlockTheStageAskedForWhenItsInputIsNotMade() {
    assertEquals(
        "blocked [clean/dt=2026-11-01: not made yet]",
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)).only(PARTIALS)), PARTIALS));
  }

  @Test
  void shouldBlockTheStageAskedForWhenItsInputIsStale() {
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    warehouse.land(day(1), file("part-1.csv", 77));
    assertEquals(
        "blocked [clean/dt=2026-11-01: stale: raw/part-1.csv changed]",
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)).only(PARTIALS)), PARTIALS));
  }

  @Test
  void shouldRunAgainWhenForced() {
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    assertEquals(
        List.of("clean 1: run, forced", "score 1: run, forced"),
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)).forced())).stream()
            .filter(line -> line.startsWith("clean") || line.startsWith("score"))
            .toList());
  }

  @Test
  void shouldLeaveReadersAloneWhenTheirInputIsPublishedAgain() {
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    warehouse.run(pipeline, PlanRequest.of(day(1)).only(CLEAN).forced());
    assertEquals(
        List.of(
            "clean 1: up to date",
            "partials/card 1: up to date",
            "features/card 1: up to date",
            "score 1: up to date"),
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)))));
  }

  @Test
  void shouldRunAgainWhenARunDiedWhilePublishing() {
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    Manifest quarantine = warehouse.manifest("quarantine/clean", day(1));
    warehouse.run(pipeline, PlanRequest.of(day(1)).only(CLEAN).forced());
    warehouse.put(quarantine);
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1)));
    assertEquals(
        "run, incomplete: an earlier run died while publishing, or somebody deleted a part of it",
        Decisions.of(plan, CLEAN));
    assertEquals("up to date", Decisions.of(plan, PARTIALS));
  }

  @Test
  void shouldNotRunAgainForTheLackOfAProfile() {
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    warehouse.remove("profile/clean", day(1));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1)));
    assertEquals("up to date", Decisions.of(plan, CLEAN));
  }

  @Test
  void shouldRunAgainWhenTheMainDataSetIsMissing() {
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    warehouse.remove("clean", day(1));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1)));
    assertEquals(
        "run, incomplete: an earlier run died while publishing, or somebody deleted a part of it",
        Decisions.of(plan, CLEAN));
  }

  @Test
  void shouldNotNeedInputsOfWhatIsUpToDate() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    warehouse.remove("partials/card", day(1));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(3)));
    assertEquals("up to date", Decisions.of(plan, FEATURES));
    assertTrue(plan.blocked().isEmpty());
  }

  @Test
  void shouldScoreTheFirstDayWithoutFeatures() {
    PlannedStage score =
        warehouse.plan(pipeline, PlanRequest.of(day(1))).toRun().stream()
            .filter(stage -> stage.stage().equals(SCORE))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of("clean"), score.inputs().stream().map(PlannedInput::dataSet).toList());
  }

  @Test
  void shouldRefuseDatesBeforeTheFirst() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> warehouse.plan(pipeline, PlanRequest.of(day(1).minusDays(1))));
    assertEquals(
        "Cannot plan 2026-10-31: the first date of card-fraud is 2026-11-01 (source.from)",
        error.getMessage());
  }

  @Test
  void shouldRefuseAStageThatThePipelineLacks() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                warehouse.plan(
                    pipeline, PlanRequest.of(day(1)).only(StageId.features("terminal"))));
    assertEquals(
        "Cannot find stage: features/terminal (card-fraud has [clean, partials/card,"
            + " features/card, score])",
        error.getMessage());
  }
}
