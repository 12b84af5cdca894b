package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.SCORE;
import static io.millrace.plan.CardPipeline.day;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A column with a default is added to the schema of a source whose dates were made without it. */
class LateColumnsTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void landThreeDays() {
    warehouse.landEach(day(1), day(3));
    pipeline.rules.put("schema (order of columns)", "[amount, card_id, channel, ts]");
  }

  private void addColumn() {
    pipeline.cleanColumns.put("merchant", "DOUBLE default null");
    // a value that is no number would set its record aside
    pipeline.rules.put("schema.merchant", "DOUBLE default null");
    pipeline.rules.put("schema (order of columns)", "[amount, card_id, merchant, channel, ts]");
    pipeline.lateColumns.put("merchant", new TreeSet<>(List.of("merchant", "shop")));
  }

  private Plan plan() {
    return warehouse.plan(pipeline, PlanRequest.of(day(1), day(3)));
  }

  @Test
  void shouldLeaveDatesAloneWhoseFilesDoNotHaveTheColumn() {
    warehouse.ignoredColumns = List.of("other");
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    addColumn();
    assertEquals(List.of(), plan().toRun());
  }

  @Test
  void shouldMakeDatesAgainWhoseFilesHaveTheColumnUnderAnyOfItsNames() {
    warehouse.ignoredColumns = List.of("shop");
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    warehouse.ignoredColumns = List.of();
    warehouse.run(pipeline, PlanRequest.of(day(2), day(3)));
    addColumn();
    assertEquals(
        List.of("clean 1", "partials/card 1", "features/card 1", "score 1"),
        warehouse.plan(pipeline, PlanRequest.of(day(1))).toRun().stream()
            .map(stage -> stage.stage() + " " + stage.date().getDayOfMonth())
            .toList());
    assertTrue(
        warehouse.plan(pipeline, PlanRequest.of(day(2), day(3))).toRun().stream()
            .noneMatch(stage -> stage.stage().equals(CLEAN)));
  }

  @Test
  void shouldMakeDatesAgainOfWhichItIsNotKnown() {
    warehouse.ignoredColumns = null;
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    addColumn();
    assertEquals(12, plan().toRun().size());
  }

  @Test
  void shouldMakeDatesAgainForAnyOtherChangeBeside() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    addColumn();
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    assertEquals(12, plan().toRun().size());
  }

  @Test
  void shouldMakeOnlyReadersOfTheColumn() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    addColumn();
    pipeline.aggregates.put("merchants", List.of("merchant"));
    Plan plan = plan();
    assertEquals(6, plan.toRun().size(), () -> Decisions.of(plan).toString());
    assertTrue(
        plan.toRun().stream()
            .allMatch(stage -> stage.stage().equals(PARTIALS) || stage.stage().equals(FEATURES)));
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    assertEquals(List.of(), plan().toRun());
  }

  @Test
  void shouldMakeAllThatHangsOnItWhenForced() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    addColumn();
    Plan forced = warehouse.run(pipeline, PlanRequest.of(day(1), day(3)).forced());
    assertEquals(12, forced.toRun().size());
    assertEquals(List.of(), plan().toRun());
    assertEquals(
        "up to date", Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(3))), SCORE));
  }
}
