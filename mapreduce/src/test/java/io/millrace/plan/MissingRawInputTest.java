package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MissingRawInputTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @Test
  void shouldBlockWhenRawInputIsAbsent() {
    assertEquals("blocked [raw/dt=2026-11-01: the raw input is not there]", decision(CLEAN));
    assertEquals("blocked [clean/dt=2026-11-01: the raw input is not there]", decision(PARTIALS));
  }

  @Test
  void shouldBlockWhenThereAreNoFiles() {
    warehouse.land(day(1));
    assertEquals(
        "blocked [raw/dt=2026-11-01: there are no files in the place of the raw input]",
        decision(CLEAN));
  }

  @Test
  void shouldRunWithoutFilesWhenMissingIsEmpty() {
    pipeline.missingIsEmpty = true;
    assertEquals(
        "run, not made yet; without raw files it is empty (source.missing: empty)",
        decision(CLEAN));
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    assertTrue(warehouse.plan(pipeline, PlanRequest.of(day(1))).toRun().isEmpty());
  }

  @Test
  void shouldMakeAnEmptyPartitionAgainWhenFilesLand() {
    pipeline.missingIsEmpty = true;
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    warehouse.land(day(1), file("part-1.csv", 1));
    assertEquals("run, stale: raw/part-1.csv is new", decision(CLEAN));
  }

  @Test
  void shouldKeepWhatWasMadeFromFilesThatAreGone() {
    makeThenLoseRawInput();
    assertEquals(
        List.of(
            "clean 1: source gone []",
            "partials/card 1: up to date",
            "features/card 1: up to date",
            "score 1: up to date"),
        Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1)))));
  }

  @Test
  void shouldKeepWhatWasMadeFromFilesThatAreGoneWhenForced() {
    makeThenLoseRawInput();
    Plan plan = warehouse.plan(pipeline, PlanRequest.of(day(1)).forced());
    assertEquals("source gone []", Decisions.of(plan, CLEAN));
    assertEquals("run, forced", Decisions.of(plan, PARTIALS));
  }

  @Test
  void shouldKeepWhatWasMadeFromFilesThatAreGoneWhenMissingIsEmpty() {
    makeThenLoseRawInput();
    pipeline.missingIsEmpty = true;
    assertEquals("source gone []", decision(CLEAN));
  }

  @Test
  void shouldWarnWhenTheDefinitionOfWhatIsKeptChanged() {
    makeThenLoseRawInput();
    pipeline.rules.put("rules.amount_in_range", "amount > 0");
    assertEquals(
        "source gone [kept as it is, for what it was made from is gone;"
            + " since then: rules.amount_in_range was `amount BETWEEN 0 AND 100000`, is"
            + " `amount > 0`]",
        decision(CLEAN));
    assertEquals("up to date", decision(PARTIALS));
  }

  @Test
  void shouldMakeReadersAgainFromWhatIsKept() {
    makeThenLoseRawInput();
    pipeline.aggregates.put("web_share", List.of("channel"));
    assertEquals("run, stale: column web_share was added", decision(PARTIALS));
  }

  @Test
  void shouldReadAColumnThatWhatIsKeptDoesNotHave() {
    makeThenLoseRawInput();
    pipeline.cleanColumns.put("merchant", "VARCHAR");
    pipeline.aggregates.put("merchants", List.of("merchant"));
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    assertEquals("up to date", decision(PARTIALS));
  }

  @Test
  void shouldKeepPartialsWhoseCleanRecordsAndRawInputAreGone() {
    makeThenLoseRawInput();
    warehouse.remove("clean", day(1));
    warehouse.remove("quarantine/clean", day(1));
    for (boolean missingIsEmpty : List.of(false, true)) {
      pipeline.missingIsEmpty = missingIsEmpty;
      assertEquals("source gone []", decision(PARTIALS));
      assertEquals("up to date", decision(FEATURES));
    }
  }

  @Test
  void shouldNotPublishNothingOverALostPartition() {
    makeThenLoseRawInput();
    warehouse.remove("clean", day(1));
    pipeline.missingIsEmpty = true;
    assertEquals("blocked [raw/dt=2026-11-01: the raw input is not there]", decision(CLEAN));
  }

  private void makeThenLoseRawInput() {
    warehouse.land(day(1), file("part-1.csv", 1));
    warehouse.run(pipeline, PlanRequest.of(day(1)));
    warehouse.removeRaw(day(1));
  }

  private String decision(StageId stage) {
    return Decisions.of(warehouse.plan(pipeline, PlanRequest.of(day(1))), stage);
  }
}
