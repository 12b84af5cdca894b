package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    assertEquals(Set.of(DATE, DATE.plusDays(3)), fusion.partials().keySet());
    assertTrue(fusion.isFused(stage(CARD, 0, RUN)));
    assertFalse(fusion.isFused(stage(SHOP, 0, RUN)));
    assertFalse(fusion.isFused(stage(CARD, 1, RUN)), "clean stands already");
    assertEquals(Optional.of(stage(CARD, 3, RUN)), fusion.madeWith(stage(StageId.clean(), 3, RUN)));
    assertEquals(
        Optional.empty(),
        fusion.madeWith(stage(StageId.clean(), 2, RUN)),
        "nobody wants the partials");
    assertEquals(Optional.empty(), fusion.madeWith(stage(SHOP, 0, RUN)));
  }

  @Test
  void shouldBeNothingWhereNoRecordsLieTogether() {
    assertEquals(Fusion.none(), Fusion.of(PLAN, pipeline(Optional.empty())));
  }
}
