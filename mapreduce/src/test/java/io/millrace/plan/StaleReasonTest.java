package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.SCORE;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaleReasonTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void runFirstDay() {
    warehouse.land(day(1), file("part-1.csv", 1), file("part-2.csv", 2));
    warehouse.run(pipeline, PlanRequest.of(day(1)));
  }

  @Test
  void shouldNameTheRawFileThatChanged() {
    warehouse.land(day(1), file("part-1.csv", 1), file("part-2.csv", 3));
    assertEquals("run, stale: raw/part-2.csv changed", decision(CLEAN));
  }

  @Test
  void shouldNameTheRawFileThatIsNew() {
    warehouse.land(day(1), file("part-1.csv", 1), file("part-2.csv", 2), file("part-3.csv", 3));
    assertEquals("run, stale: raw/part-3.csv is new", decision(CLEAN));
  }

  @Test
  void shouldNameTheRawFileThatIsGone() {
    warehouse.land(day(1), file("part-2.csv", 2));
    assertEquals("run, stale: raw/part-1.csv is gone", decision(CLEAN));
  }

  @Test
  void shouldNotMindWhenRawFilesAreTouchedOrMoved() {
    warehouse.land(
        day(1),
        new RawFile("part-2.csv", 100, 2_000, 2, "hdfs://elsewhere/part-2.csv"),
        new RawFile("part-1.csv", 100, 3_000, 1, "hdfs://elsewhere/part-1.csv"));
    assertEquals("up to date", decision(CLEAN));
  }

  @Test
  void shouldShowTheRuleBeforeAndAfter() {
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    assertEquals(
        "run, stale: rules.amount_in_range was `amount BETWEEN 0 AND 100000`, is `amount > 0`",
        decision(CLEAN));
    for (StageId reader : List.of(PARTIALS, FEATURES, SCORE)) {
      assertEquals(
          "run, stale because of clean/dt=2026-11-01: rules.amount_in_range was"
              + " `amount BETWEEN 0 AND 100000`, is `amount > 0`",
          decision(reader));
    }
  }

  @Test
  void shouldNameRulesThatCameAndWent() {
    pipeline.rules.remove("rules.amount_in_range");
    pipeline.rules.put("rules.has_card", "card_id IS NOT NULL");
    assertEquals(
        "run, stale: rules.amount_in_range was taken out: `amount BETWEEN 0 AND 100000`;"
            + " rules.has_card is new: `card_id IS NOT NULL`",
        decision(CLEAN));
  }

  @Test
  void shouldLeavePartialsAloneWhenAnUnreadColumnIsAdded() {
    pipeline.cleanColumns.put("merchant", "VARCHAR");
    assertEquals(
        List.of(
            "clean 1: run, stale: column merchant was added",
            "partials/card 1: up to date",
            "features/card 1: up to date",
            "score 1: up to date"),
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)))));
  }

  @Test
  void shouldLeaveFeaturesOfOtherColumnsAloneWhenAColumnChanges() {
    pipeline.cleanColumns.put("channel", "INT");
    assertEquals("run, stale: schema.channel was `VARCHAR`, is `INT`", decision(CLEAN));
    assertEquals("up to date", decision(PARTIALS));
  }

  @Test
  void shouldMakePartialsAgainWhenAColumnTheyReadChanges() {
    pipeline.cleanColumns.put("amount", "DECIMAL");
    String root =
        "run, stale because of clean/dt=2026-11-01: schema.amount was `DOUBLE`, is `DECIMAL`";
    assertEquals(root, decision(PARTIALS));
    assertEquals(root, decision(FEATURES));
  }

  @Test
  void shouldNameTheAggregateThatWasAdded() {
    pipeline.aggregates.put("web_share", List.of("channel"));
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1)));
    assertEquals("up to date", Decisions.of(plan, CLEAN));
    assertEquals("run, stale: column web_share was added", Decisions.of(plan, PARTIALS));
    assertEquals("up to date", Decisions.of(plan, SCORE));
  }

  @Test
  void shouldNameTheVersionOfTheStage() {
    pipeline.cleanVersion = 2;
    assertEquals(
        "run, stale: made by version 1 of this stage, which is now at version 2", decision(CLEAN));
  }

  @Test
  void shouldNameTheModel() {
    pipeline.modelFingerprint = "def";
    assertEquals("run, stale: model changed", decision(SCORE));
  }

  @Test
  void shouldMakeTheInitialLoadAgainWhenHistoryIsAdded() {
    pipeline.from = day(1).minusDays(1);
    assertEquals(
        "run, stale: source.lateness was `none`, is `3d` (on the first date, source.from, there is none)",
        decision(CLEAN));
  }

  @Test
  void shouldSayWhatAStateIsThatHasAHashForAName() {
    assertEquals(
        "column sum_0a1b2c3d was added: `SUM(CASE WHEN web THEN 1 END)`",
        Reason.summary(
            Changes.ofDefinition(
                partials(new TreeMap<>()),
                partials(
                    new TreeMap<>(
                        Map.of(
                            "sum_0a1b2c3d",
                            new TreeMap<>(
                                Map.of(
                                    "features.card.aggregates (sum_0a1b2c3d)",
                                    "SUM(CASE WHEN web THEN 1 END)")))))),
            Change::shortText));
  }

  private static RecordedDefinition partials(SortedMap<String, SortedMap<String, String>> columns) {
    return new RecordedDefinition(1, new TreeMap<>(), columns, new TreeMap<>());
  }

  @Test
  void shouldShowAFewOfManyChanges() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      pipeline.cleanColumns.put(name, "INT");
    }
    assertEquals("run, stale: columns a, b, c and 2 more were added", decision(CLEAN));
  }

  private String decision(StageId stage) {
    return Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1))), stage);
  }
}
