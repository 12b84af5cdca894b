package io.millrace.plan;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.learn.Snapshots;
import io.millrace.pipeline.SpecText;
import io.millrace.spec.TrainSpec;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingOutlineTest {
  private static final StageId CARD = StageId.features("card");

  private static final SpecText EVENTS =
      CARDS.with(
          "score:\n",
          """
          train:
            model: {name: fraud, kind: logistic}
            label: {of: note = 'fraud', known_after: 7d}
            inputs: [amount, card_mean_7d]
            snapshots: {history: 90d}
            evaluate: {segments: channel}
          score:
          """);

  private static final SpecText ENTITIES =
      EVENTS
          .with("{of: note = 'fraud', known_after: 7d}", "{any: amount > 9, within: 30d}")
          .with("[amount, card_mean_7d]", "[card_mean_7d]")
          .with("segments: channel", "segments: card_n_1d");

  private static StageOutline stage(SpecText spec, StageId stage) {
    return Outlines.of(spec.bind()).stage(stage);
  }

  private static StageOutline training(SpecText spec) {
    return stage(spec, StageId.training());
  }

  private static StageOutline train(SpecText spec) {
    return stage(spec, StageId.train());
  }

  private static Snapshots snapshots(int waitDays) {
    return new Snapshots(new TrainSpec.Snapshots.Days(90), waitDays, LocalDate.of(2026, 1, 1));
  }

  @Test
  void shouldReadRecordsOfTheSnapshotDatesAndFeaturesOfTheDaysBefore() {
    assertEquals(
        List.of(
            new StageInput.OfSnapshots(StageId.clean(), snapshots(7), 0),
            new StageInput.OfSnapshots(CARD, snapshots(7), 1)),
        training(EVENTS).inputs());
  }

  @Test
  void shouldReadFeaturesOfTheSnapshotDatesAndRecordsSinceThen() {
    assertEquals(
        List.of(
            new StageInput.OfSnapshots(CARD, snapshots(30), 0),
            new StageInput.SinceSnapshots(StageId.clean(), snapshots(30))),
        training(ENTITIES).inputs());
  }

  @Test
  void shouldReadTheColumnsThatItHasAndThoseOfTheLabel() {
    assertEquals(
        Set.of("amount", "card", "channel", "note", "txn"),
        training(EVENTS).readOf(StageId.clean()));
    assertEquals(Set.of("card_mean_7d"), training(EVENTS).readOf(CARD));
    assertEquals(Set.of("amount", "card", "ts"), training(ENTITIES).readOf(StageId.clean()));
    assertEquals(Set.of("card", "card_mean_7d", "card_n_1d"), training(ENTITIES).readOf(CARD));
  }

  @Test
  void shouldHaveTheColumnsOfItsRows() {
    for (SpecText spec : List.of(EVENTS, ENTITIES)) {
      assertEquals(
          Set.copyOf(spec.bind().training().orElseThrow().rows().names()),
          training(spec).columns().keySet());
      assertEquals(training(spec).columns().keySet(), train(spec).readOf(StageId.training()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '#',
      value = {
        // what changes; whether the rows change
        "kind: logistic; kind: logistic, l2: 2; false",
        "name: fraud; name: thief; false",
        "snapshots:; accept: {auc: '>= 0.7'} ¶snapshots:; false",
        "snapshots:; prepare: {amount: {log1p: true}} ¶snapshots:; false",
        "snapshots:; class_weights: balanced ¶snapshots:; false",
        "known_after: 7d; known_after: 6d; true",
        "note = 'fraud'; note = 'theft'; true",
        "history: 90d; history: 91d; true",
        "snapshots:; split: {test: 30%} ¶snapshots:; true",
        "snapshots:; sample: {negatives: 50%} ¶snapshots:; true"
      })
  void shouldChangeOnlyWhereItHangsOnTheChange(String old, String changed, boolean rows) {
    SpecText edited = EVENTS.with(old, changed.replace("¶", "\n  "));
    assertEquals(
        rows,
        !training(EVENTS).rows().parts().equals(training(edited).rows().parts()),
        training(edited).rows().parts().toString());
    if (!rows) {
      assertEquals(training(EVENTS), training(edited));
      assertNotEquals(train(EVENTS).rows().parts(), train(edited).rows().parts());
    }
  }

  @Test
  void shouldNotChangeWithWhatFollowsAnyway() {
    SpecText written =
        EVENTS
            .with("kind: logistic", "kind: logistic, l1: 0, l2: 1.0, seed: 1")
            .with(
                "snapshots:", "split: {by: time, validation: 0%, test: 20%, gap: 7d}\n  snapshots:")
            .with("snapshots:", "prepare: {amount: {impute: mean}}\n  snapshots:");
    assertEquals(training(EVENTS).rows().parts(), training(written).rows().parts());
    assertEquals(train(EVENTS).rows().parts(), train(written).rows().parts());
  }

  @Test
  void shouldDrawRowsWithoutAKeyByAllThatTheyHave() {
    SpecText keyless = EVENTS.with("deduplicate: {by: txn, keep: latest}", "deduplicate: exact");
    assertEquals(Set.of("note"), training(keyless).rows().readOf(StageId.clean()));
    SpecText sampled = keyless.with("snapshots:", "sample: {negatives: 50%}\n  snapshots:");
    assertEquals(
        Set.of("amount", "card", "channel", "note"),
        training(sampled).rows().readOf(StageId.clean()));
  }

  @Test
  void shouldReadTheBaselineByItsBytes() {
    SpecText baseline =
        EVENTS.with(
            "segments: channel", "baseline: {model: linear.onnx, inputs: [amount, card_mean_7d]}");
    assertEquals(Set.of("train.evaluate.baseline.model"), train(baseline).external().keySet());
    assertEquals(training(baseline).columns().keySet(), train(baseline).readOf(StageId.training()));
  }
}
