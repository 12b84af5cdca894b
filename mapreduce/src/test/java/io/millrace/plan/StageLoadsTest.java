package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.model.ModelMemory;
import io.millrace.model.ModelSignature;
import io.millrace.pipeline.SpecText;
import io.millrace.plan.Wishes.Wish;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StageLoadsTest {
  private static final long MIB = 1 << 20;
  private static final LocalDate DATE = LocalDate.of(2026, 11, 21);
  private static final StageId PARTIALS = StageId.partials("card");
  private static final StageId FEATURES = StageId.features("card");
  private static final SpecText EVENTS =
      SpecText.CARDS
          .with("rows: entities", "rows: events")
          .with("  keep: [card]\n", "  keep: [txn]\n");

  private static PlannedStage stage(StageId id, List<RawFile> raw, PlannedInput... inputs) {
    return new PlannedStage(
        id,
        DATE,
        new Decision.UpToDate(),
        Optional.empty(),
        new RecordedDefinition(1, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
        raw,
        Arrays.asList(inputs));
  }

  private static PlannedInput input(StageId id, int daysAgo, long mib, int files) {
    return new PlannedInput(
        id, DATE.minusDays(daysAgo), OptionalLong.of(mib * MIB), files, "fingerprint");
  }

  private static List<JobLoad> loads(SpecText spec, PlannedStage stage) {
    return new StageLoads(spec.bind(), Wishes.none(), OptionalInt.empty()).of(stage);
  }

  /** Tasks, and MiB shuffled, in a table, held and native of each, rounded down. */
  private static List<String> shown(List<JobLoad> loads) {
    List<String> shown = new ArrayList<>();
    for (JobLoad load : loads) {
      String maps = shown(load.maps());
      shown.add(
          load.job()
              + ": "
              + load.reduces().map(reduces -> maps + " -> " + shown(reduces)).orElse(maps));
    }
    return shown;
  }

  private static String shown(JobLoad.TaskLoad load) {
    return "%d of %d+%d+%d+%d"
        .formatted(
            load.tasks(),
            load.shuffledBytes() / MIB,
            load.tableBytes() / MIB,
            load.heldBytes() / MIB,
            load.nativeBytes() / MIB);
  }

  private static RawFile raw(String name, long mib) {
    return new RawFile(name, mib * MIB, 0, 0, name);
  }

  private static final List<RawFile> DAY =
      List.of(raw("a.csv", 100), raw("b.csv", 100), raw("c.csv", 100), raw("d.csv.gz", 40));

  @Test
  void shouldReckonWithWhatRawFilesHold() {
    // 460 MiB in plain: 4 clean files, 1 of the quarantine; the compressed file is one map's 160
    // MiB; rows with keys are half as long again; a reduce may have a quarter more than its share
    assertEquals(
        List.of("clean: 4 of 240+0+0+0 -> 5 of 215+0+65+0"),
        shown(loads(SpecText.CARDS, stage(StageId.clean(), DAY))));
  }

  @Test
  void shouldReckonWithKeysOfEarlierDates() {
    PlannedStage across =
        stage(
            StageId.clean(),
            List.of(raw("a.csv", 100)),
            input(StageId.clean(), 1, 60, 2),
            input(StageId.clean(), 2, 60, 2));
    // 1 + 2 + 2 maps; 150 MiB of rows and 3 * 120 MiB of keys at most
    assertEquals(
        List.of("clean: 5 of 150+0+0+0 -> 2 of 637+0+65+0"), shown(loads(SpecText.CARDS, across)));
  }

  @Test
  void shouldShareRawFilesAmongTheTasksOfThisProcess() {
    StageLoads here = new StageLoads(SpecText.CARDS.bind(), Wishes.none(), OptionalInt.of(4));
    JobLoad load = here.of(stage(StageId.clean(), DAY)).get(0);
    // a sixteenth of 340
    assertEquals(Optional.of(new Wish(85 * MIB / 4, Origin.COMPUTED)), load.split());
    // four of each plain file, and what is left of them, 15 each; the compressed one
    assertEquals(16, load.maps().tasks());
  }

  @Test
  void shouldReadAsMuchAMapAsSomebodyWants() {
    Wish wish = new Wish(50 * MIB, Origin.SPEC);
    StageLoads wished =
        new StageLoads(
            SpecText.CARDS.bind(), new Wishes(Map.of(Resource.SPLIT, wish)), OptionalInt.empty());
    JobLoad clean = wished.of(stage(StageId.clean(), DAY)).get(0);
    assertEquals(Optional.of(wish), clean.split());
    assertEquals(7, clean.maps().tasks());
    JobLoad partials =
        wished.of(stage(PARTIALS, List.of(), input(StageId.clean(), 0, 300, 4))).get(0);
    // 75 MiB a file
    assertEquals(8, partials.maps().tasks());
    assertEquals(Optional.of(wish), partials.split());
  }

  @Test
  void shouldReckonWithTheStatesOfAnEntityWhereRecordsLieTogether() {
    SpecText together = SpecText.CARDS.with("{by: txn,", "{by: [card, txn],");
    JobLoad.TaskLoad apart =
        loads(SpecText.CARDS, stage(StageId.clean(), DAY)).get(0).reduces().orElseThrow();
    JobLoad.TaskLoad reduces =
        loads(together, stage(StageId.clean(), DAY)).get(0).reduces().orElseThrow();
    assertEquals(65 * MIB, apart.heldBytes(), "64 MiB of combined states, and a file more");
    assertEquals(17 * MIB, reduces.heldBytes(), "16 MiB of states, and a file more");
  }

  @Test
  void shouldReckonWithTheTableOfPartials() {
    // 75 MiB a file are 225 in plain; the table is a quarter of a heap of 256 + 225 + itself
    assertEquals(
        List.of("partials: 4 of 225+160+0+0 -> 4 of 281+0+0+0"),
        shown(
            loads(SpecText.CARDS, stage(PARTIALS, List.of(), input(StageId.clean(), 0, 300, 4)))));
  }

  @Test
  void shouldReckonWithAnOpenFileForEachDayOfAWindow() {
    PlannedInput[] week = new PlannedInput[7];
    for (int day = 0; day < week.length; day++) {
      week[day] = input(PARTIALS, day, 10, 1);
    }
    assertEquals(
        List.of("features: 2 of 0+0+7+0"),
        shown(loads(SpecText.CARDS, stage(FEATURES, List.of(), week))));
  }

  @Test
  void shouldReckonWithTheModel() {
    JobLoad score =
        loads(SpecText.CARDS, stage(StageId.score(), List.of(), input(FEATURES, 0, 10, 5))).get(0);
    ModelMemory model = ModelSignature.read(SpecText.CARDS.files().get("linear.onnx")).memory();
    assertEquals(
        new JobLoad.TaskLoad(5, 0, model.heapBytes(), 128 * MIB + model.nativeBytes()),
        score.maps());
  }

  @Test
  void shouldReckonWithFeaturesThatAreLookedUp() {
    PlannedInput[] inputs = {input(StageId.clean(), 0, 200, 2), input(FEATURES, 1, 10, 1)};
    // 60 MiB in memory, half of the heap
    assertEquals(
        List.of("score: 2 of 0+0+120+128"),
        shown(loads(EVENTS, stage(StageId.score(), List.of(), inputs))));
    // they are too large, and so were joined
    assertEquals(
        List.of("score: 2 of 0+0+0+128"),
        shown(
            loads(
                EVENTS.with("score:\n", "join: {memory: 1MiB}\nscore:\n"),
                stage(StageId.score(), List.of(), inputs))));
  }

  @Test
  void shouldReckonWithBothJobsOfAJoin() {
    // 210 MiB: 4 tasks that bring both together; 3 * 210 in plain
    assertEquals(
        List.of(
            "join: match: 2 of 200+0+0+0 -> 4 of 62+0+1+0",
            "join: assemble: 4 of 157+0+0+0 -> 2 of 393+0+1+0"),
        shown(
            loads(
                EVENTS,
                stage(
                    StageId.join(),
                    List.of(),
                    input(StageId.clean(), 0, 200, 2),
                    input(FEATURES, 1, 10, 1)))));
  }

  @Test
  void shouldReckonWithTheScoresThatAnEvaluationPutsInOrder() {
    // 2^20 rows by 2 models, all and by one segment: 4 scores of 48 bytes each, 192 MiB in all;
    // a quarter more of them in one of 4 files, and in the one reduce; 3 sessions of 4 times 10 MiB
    assertEquals(
        List.of("train: evaluate: 4 of 60+0+10+248 -> 1 of 240+0+0+0"),
        shown(List.of(StageLoads.evaluate(4, 1 << 20, 1, 2, 1, 10 * MIB))));
  }

  @Test
  void shouldTakeAnInputThatIsStillToBeMadeForEmpty() {
    PlannedInput later = new PlannedInput(StageId.clean(), DATE, OptionalLong.empty(), "f");
    PlannedStage partials = stage(PARTIALS, List.of(), later);
    assertFalse(StageLoads.isKnown(partials));
    assertTrue(StageLoads.isKnown(stage(StageId.clean(), DAY)));
    // the table is a third of 256 MiB
    assertEquals(
        List.of("partials: 1 of 0+85+0+0 -> 1 of 0+0+0+0"), shown(loads(SpecText.CARDS, partials)));
    PlannedInput features = new PlannedInput(FEATURES, DATE, OptionalLong.empty(), "f");
    assertEquals(
        List.of(
            "join: match: 0 of 0+0+0+0 -> 1 of 0+0+1+0",
            "join: assemble: 1 of 0+0+0+0 -> 0 of 0+0+1+0"),
        shown(loads(EVENTS, stage(StageId.join(), List.of(), later, features))));
  }

  private static final String TRAIN =
      """
      train:
        model: {name: fraud, kind: logistic}
        label: LABEL
        inputs: [card_*]
        snapshots: {history: 3d}
        split: {validation: 1d, test: 1d, gap: 0d}
      score:
      """;

  @Test
  void shouldReckonWithTheDatesOfTrainingRowsOfEvents() {
    // a map has up to 32 MiB of clean records, 110 MiB in all; of the features' dates, the first
    // two
    // share a task of 64 MiB, the third has two
    PlannedStage training =
        stage(
            StageId.training(),
            List.of(),
            input(StageId.clean(), 9, 15, 1),
            input(StageId.clean(), 8, 15, 1),
            input(StageId.clean(), 7, 80, 4),
            input(FEATURES, 10, 10, 1),
            input(FEATURES, 9, 10, 1),
            input(FEATURES, 8, 10, 1));
    assertEquals(
        List.of(
            "training: match: 4 of 27+0+0+0 -> 3 of 45+0+1+0",
            // 420 MiB of rows in plain
            "training: assemble: 3 of 140+0+0+0 -> 32 of 16+0+1+0"),
        shown(
            loads(
                EVENTS.with(
                    "score:\n", TRAIN.replace("LABEL", "{of: amount > 5, known_after: 7d}")),
                training)));
  }

  @Test
  void shouldReckonWithTheMarksOfTrainingRowsOfEntities() {
    PlannedStage training =
        stage(
            StageId.training(),
            List.of(),
            input(FEATURES, 30, 10, 1),
            input(StageId.clean(), 29, 20, 1),
            input(StageId.clean(), 28, 20, 1));
    assertEquals(
        List.of("training: 2 of 60+0+0+0 -> 2 of 75+0+1+0"),
        shown(
            loads(
                EVENTS.with("score:\n", TRAIN.replace("LABEL", "{any: amount > 5, within: 30d}")),
                training)));
  }
}
