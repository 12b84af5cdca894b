package io.millrace.plan;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.pipeline.SpecText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreOutlineTest {
  private static final StageId CARD = StageId.features("card");
  private static final SpecText EVENTS =
      CARDS
          .with("rows: entities", "rows: events")
          .with("[card_n_1d, card_mean_7d]", "[amount, card_mean_7d]")
          .with("keep: [card]", "keep: [txn, card_n_1d]");

  private static StageOutline score(SpecText spec) {
    return Outlines.of(spec.bind()).stage(StageId.score());
  }

  @Test
  void shouldReadRecordsOfTheDateAndFeaturesOfTheDayBefore() {
    assertEquals(
        List.of(new StageInput.SameDay(StageId.clean()), new StageInput.Window(CARD, 1, 1)),
        score(EVENTS).inputs());
  }

  @Test
  void shouldReadTheColumnsThatAreNamedAndTheEntity() {
    assertEquals(Set.of("amount", "card", "txn"), score(EVENTS).readOf(StageId.clean()));
    assertEquals(Set.of("card_mean_7d", "card_n_1d"), score(EVENTS).readOf(CARD));
  }

  @Test
  void shouldReadNoGroupWhoseColumnsAreNotNamed() {
    StageOutline score =
        score(
            EVENTS
                .with("[amount, card_mean_7d]", "[amount, big]")
                .with("keep: [txn, card_n_1d]", "keep: [txn]"));
    assertEquals(List.of(new StageInput.SameDay(StageId.clean())), score.inputs());
  }

  /** On the first date nothing of the features is read, and their definition still counts. */
  @Test
  void shouldSeeWhatAFeatureIsWhereThereIsNoRowOfIt() {
    SpecText changed = EVENTS.with("mean: AVG(amount)", "mean: COALESCE(AVG(amount), 0)");
    assertNotEquals(score(EVENTS).rows().parts(), score(changed).rows().parts());
    SpecText kept = EVENTS.with("n: COUNT(*)", "n: COUNT(*) + 1");
    assertEquals(score(EVENTS).rows().parts(), score(kept).rows().parts());
    assertNotEquals(
        score(EVENTS).columns().get("card_n_1d"), score(kept).columns().get("card_n_1d"));
  }

  @Test
  void shouldReadOfEachStageWhatTheJoinReadsOfIt() {
    PipelineOutline outline = Outlines.of(EVENTS.bind());
    StageOutline join = outline.stage(StageId.join());
    assertEquals(Set.of("amount", "card_mean_7d", "card_n_1d", "txn"), join.columns().keySet());
    for (StageId read : List.of(StageId.clean(), CARD)) {
      assertEquals(score(EVENTS).readOf(read), join.readOf(read));
    }
    assertEquals(score(EVENTS).inputs(), join.inputs());
  }

  @Test
  void shouldLetNothingHangOnTheMemoryOfTheJoin() {
    SpecText small = EVENTS.with("score:\n", "join: {memory: 1KiB}\nscore:\n");
    assertEquals(score(EVENTS), score(small));
    assertEquals(
        new LookUp(StageId.score(), 1024),
        Outlines.of(small.bind()).stage(StageId.join()).lookUp().orElseThrow());
  }

  @Test
  void shouldHaveNoJoinWithoutFeatures() {
    assertEquals(
        List.of(StageId.clean(), StageId.partials("card"), CARD, StageId.score()),
        Outlines.of(
                EVENTS
                    .with("[amount, card_mean_7d]", "[amount, big]")
                    .with("keep: [txn, card_n_1d]", "keep: [txn]")
                    .bind())
            .stages()
            .stream()
            .map(StageOutline::id)
            .toList());
  }
}
