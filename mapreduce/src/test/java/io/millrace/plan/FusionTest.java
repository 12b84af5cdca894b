package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 21);
  private static final StageId CARD = StageId.partials("card");
  private static final StageId SHOP = StageId.partials("shop");
  private static final Decision RUN = new Decision.Run(Reason.of(Reason.Kind.NOT_MADE));

  private static PlannedStage stage(StageId id, int day, Decision decision) {
    return new PlannedStage(
        id,
        DATE.plusDays(day),
        decision,
        Optional.empty(),
        new RecordedDefinition(1, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
        List.of(),
        List.of());
  }

  private static PipelineOutline pipeline(Optional<StageId> clustering) {
    return new PipelineOutline("p", DATE, false, List.of(), clustering, Optional.empty());
  }

  private static final Plan PLAN =
      new Plan(
          List.of(
              stage(StageId.clean(), 0, RUN),
              stage(CARD, 0, RUN),
              stage(SHOP, 0, RUN),
              stage(StageId.clean(), 1, new Decision.UpToDate()),
              stage(CARD, 1, RUN),
              stage(StageId.clean(), 2, RUN),
              stage(CARD, 2, new Decision.UpToDate()),
              stage(StageId.clean(), 3, RUN),
              stage(CARD, 3, RUN)),
          Optional.empty());

  @Test
  void shouldBeOfTheDatesOfWhichCleanAndPartialsAreMade() {
    Fusion fusion = Fusion.of(PLAN, pipeline(Optional.of(CARD)));
    assertTrue(fusion.isFused(stage(CARD, 0, RUN)));
    assertFalse(fusion.isFused(stage(SHOP, 0, RUN)));
    assertFalse(fusion.isFused(stage(CARD, 1, RUN)), "clean stands already");
    assertEquals(
        new Alongside(Optional.of(stage(CARD, 3, RUN)), List.of()),
        fusion.madeWith(stage(StageId.clean(), 3, RUN)));
    assertEquals(
        Alongside.nothing(),
        fusion.madeWith(stage(StageId.clean(), 2, RUN)),
        "nobody wants the partials");
    assertEquals(Alongside.nothing(), fusion.madeWith(stage(SHOP, 0, RUN)));
  }

  @Test
  void shouldCombineTheStatesOfOtherGroups() {
    Fusion fusion = Fusion.of(PLAN, pipeline(Optional.of(CARD)));
    assertEquals(
        new Alongside(Optional.of(stage(CARD, 0, RUN)), List.of(stage(SHOP, 0, RUN))),
        fusion.madeWith(stage(StageId.clean(), 0, RUN)));
    assertTrue(fusion.isCombined(stage(SHOP, 0, RUN)));
    assertFalse(fusion.isCombined(stage(CARD, 0, RUN)));
    Fusion apart = Fusion.of(PLAN, pipeline(Optional.empty()));
    assertEquals(
        new Alongside(Optional.empty(), List.of(stage(CARD, 0, RUN), stage(SHOP, 0, RUN))),
        apart.madeWith(stage(StageId.clean(), 0, RUN)),
        "no records lie together");
    assertFalse(apart.isFused(stage(CARD, 0, RUN)));
  }

  @Test
  void shouldCombineTheStatesOfSoManyGroupsOnly() {
    List<PlannedStage> stages = new ArrayList<>(List.of(stage(StageId.clean(), 0, RUN)));
    for (int group = 0; group < 20; group++) {
      stages.add(stage(StageId.partials("group" + group), 0, RUN));
    }
    Fusion fusion =
        Fusion.of(new Plan(stages, Optional.empty()), pipeline(Optional.of(stages.get(1).stage())));
    assertEquals(stages.subList(2, 10), fusion.madeWith(stages.get(0)).combined());
  }

  @Test
  void shouldBeNothingWhereItIsSwitchedOff() {
    assertEquals(Alongside.nothing(), Fusion.none().madeWith(stage(StageId.clean(), 0, RUN)));
  }
}
