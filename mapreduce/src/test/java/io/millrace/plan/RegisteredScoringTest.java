package io.millrace.plan;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCard.TensorType;
import io.millrace.model.card.ModelCards;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions;
import io.millrace.model.card.ModelVersions.Choice;
import io.millrace.model.card.Production;
import io.millrace.pipeline.SpecText;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores by a registered model, version for version. */
class RegisteredScoringTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final LocalDate LAST = DAY.plusDays(2);
  private static final ModelVersion OLD = ModelVersion.parse("2026-01-02-1");
  private static final ModelVersion NEW = ModelVersion.parse("2026-01-06-1");

  private static final SpecText SPEC =
      CARDS
          .with(
              "score:\n",
              """
              train:
                model: {name: fraud, kind: logistic}
                label: {of: note = 'fraud', known_after: 1d}
                inputs: [amount, card_n_1d]
                snapshots: {history: 3d}
              score:
              """)
          .with("rows: entities", "rows: events")
          .with("model: linear.onnx\n", "model: registry:fraud\n")
          .with("  inputs: [card_n_1d, card_mean_7d]\n", "")
          .with("keep: [card]", "keep: [txn]");

  private final FakeWarehouse warehouse = new FakeWarehouse();
  private final SortedMap<ModelVersion, ModelCard> cards = new TreeMap<>();
  private Optional<ModelVersion> byHand = Optional.empty();
  private SpecText spec = SPEC;

  @BeforeEach
  void land() {
    warehouse.landEach(LocalDate.of(2026, 1, 1), LAST);
    // all but the scores
    run();
  }

  /** A version of the model; with an AUC below 0.8 it is not accepted. */
  private void train(ModelVersion version, double auc, String... inputs) {
    ModelCard card = ModelCards.fraud(version, auc, version.toString());
    cards.put(
        version,
        ModelCards.withInputs(
            card,
            Arrays.stream(inputs)
                .map(name -> new ModelCard.Input(name, TensorType.DOUBLE, "DOUBLE"))
                .toList()));
  }

  private PipelineOutline outline() {
    ModelVersions versions =
        new ModelVersions(
            "fraud",
            cards.keySet(),
            version -> cards.get(version).isAccepted(),
            byHand.map(
                version ->
                    new Production(
                        Production.Action.PROMOTE, version, null, "ada", Instant.EPOCH)));
    return Outlines.of(
        spec.bind(),
        new Models() {
          @Override
          public Choice chosenFor(LocalDate date) {
            return versions.chosenFor(date);
          }

          @Override
          public Optional<ModelCard> card(ModelVersion version) {
            return Optional.ofNullable(cards.get(version));
          }
        });
  }

  private static PlanRequest request() {
    return PlanRequest.of(DAY.minusDays(1), LAST);
  }

  private void run() {
    warehouse.run(outline(), PlanRequest.of(LocalDate.of(2026, 1, 1), LAST));
  }

  /** What is to be done about the scores of three days, and with which version. */
  private List<String> scores() {
    return warehouse.plan(outline(), PlanRequest.of(DAY, LAST)).stages().stream()
        .filter(stage -> stage.stage().equals(StageId.score()))
        .map(
            stage ->
                "%d %s: %s"
                    .formatted(
                        stage.date().getDayOfMonth(),
                        ModelReference.of(stage.definition())
                            .map(model -> model.version().toString())
                            .orElse("no version"),
                        Decisions.text(stage.decision())))
        .toList();
  }

  @Test
  void shouldScoreEachDateWithTheVersionOfThen() {
    train(OLD, 0.9, "amount", "card_n_1d");
    train(NEW, 0.9, "amount", "card_n_1d");
    assertEquals(
        List.of(
            "5 2026-01-02-1: run, not made yet",
            "6 2026-01-06-1: run, not made yet",
            "7 2026-01-06-1: run, not made yet"),
        scores());
    run();
    assertEquals(
        List.of(
            "5 2026-01-02-1: up to date",
            "6 2026-01-06-1: up to date",
            "7 2026-01-06-1: up to date"),
        scores());
  }

  @Test
  void shouldNameTheVersionInTheManifest() {
    train(OLD, 0.9, "amount");
    run();
    assertEquals(
        new TreeMap<>(
            Map.of(
                "score.model", "registry:fraud",
                "score.model.version", "2026-01-02-1",
                "score.model.sha256", "2026-01-02-1")),
        warehouse.manifest("scores", DAY).definition().external());
  }

  @Test
  void shouldMakeNothingStaleByTrainingOrPromoting() {
    train(OLD, 0.9, "amount", "card_n_1d");
    run();
    List<String> upToDate =
        List.of(
            "5 2026-01-02-1: up to date",
            "6 2026-01-02-1: up to date",
            "7 2026-01-02-1: up to date");
    assertEquals(upToDate, scores());
    train(NEW, 0.9, "amount", "card_mean_7d");
    assertEquals(upToDate, scores());
    byHand = Optional.of(NEW);
    assertEquals(upToDate, scores());
    byHand = Optional.of(OLD);
    assertEquals(upToDate, scores());
    spec = spec.with("inputs: [amount, card_n_1d]", "inputs: [card_mean_7d]");
    assertEquals(upToDate, scores());
  }

  @Test
  void shouldKeepWhatAVersionMadeThatIsNotChosenAnyMore() {
    train(OLD, 0.7, "amount");
    byHand = Optional.of(OLD);
    run();
    byHand = Optional.empty();
    assertEquals(
        List.of(
            "5 2026-01-02-1: up to date",
            "6 2026-01-02-1: up to date",
            "7 2026-01-02-1: up to date"),
        scores());
  }

  @Test
  void shouldMakeWhatIsStaleWithTheVersionThatCountsNow() {
    train(OLD, 0.9, "amount");
    run();
    train(NEW, 0.9, "amount");
    warehouse.land(LAST, FakeWarehouse.file("part-1.csv", 7));
    assertEquals(
        List.of(
            "5 2026-01-02-1: up to date",
            "6 2026-01-02-1: up to date",
            "7 2026-01-06-1: run, stale: the version of the model was `fraud 2026-01-02-1`, is `fraud 2026-01-06-1`; and because of clean/dt=2026-01-07: raw/part-1.csv changed"),
        scores());
  }

  @Test
  void shouldMakeAgainWhatAVersionMadeThatIsGone() {
    train(OLD, 0.9, "amount");
    run();
    train(NEW, 0.9, "amount");
    cards.remove(OLD);
    assertEquals(
        List.of(
            "5 no version: blocked [models/fraud for 2026-01-05: no version of the model fraud was trained by then; the oldest is 2026-01-06-1]",
            "6 2026-01-06-1: run, stale: the version of the model was `fraud 2026-01-02-1`, is `fraud 2026-01-06-1`",
            "7 2026-01-06-1: run, stale: the version of the model was `fraud 2026-01-02-1`, is `fraud 2026-01-06-1`"),
        scores());
  }

  @Test
  void shouldMakeForcedScoresWithTheVersionThatCountsNow() {
    train(OLD, 0.9, "amount");
    run();
    byHand = Optional.of(NEW);
    train(NEW, 0.9, "amount");
    Plan forced = warehouse.plan(outline(), PlanRequest.of(DAY).only(StageId.score()).forced());
    assertEquals(
        "fraud 2026-01-06-1",
        ModelReference.of(forced.stages().get(0).definition()).orElseThrow().toString());
  }

  @Test
  void shouldReadJustTheColumnsThatTheVersionTakes() {
    train(OLD, 0.9, "card_mean_7d");
    train(NEW, 0.9, "amount");
    PipelineOutline outline = outline();
    StageOutline old = outline.stage(StageId.score(), DAY);
    assertEquals(Set.of("card_mean_7d"), old.readOf(StageId.features("card")));
    assertEquals(Set.of("card", "txn"), old.readOf(StageId.clean()));
    assertEquals(
        Set.of("card_mean_7d", "txn"), outline.stage(StageId.join(), DAY).columns().keySet());
    StageOutline newer = outline.stage(StageId.score(), LAST);
    assertEquals(List.of(new StageInput.SameDay(StageId.clean())), newer.inputs());
    assertEquals(Set.of("amount", "txn"), newer.readOf(StageId.clean()));
    assertNotEquals(old.rows().parts(), newer.rows().parts());
  }

  @Test
  void shouldNotCareAboutColumnsThatTheVersionDoesNotTake() {
    train(OLD, 0.9, "amount");
    run();
    spec = spec.with("mean: AVG(amount)", "mean: COALESCE(AVG(amount), 0)");
    assertEquals(
        List.of(
            "5 2026-01-02-1: up to date",
            "6 2026-01-02-1: up to date",
            "7 2026-01-02-1: up to date"),
        scores());
  }

  @Test
  void shouldWaitForAModelAndSayWhy() {
    assertEquals(
        "5 no version: blocked [models/fraud for 2026-01-05: no version of the model fraud was trained yet]",
        scores().get(0));
    train(OLD, 0.7, "amount");
    assertEquals(
        "5 no version: blocked [models/fraud for 2026-01-05: no version of the model fraud that was trained by then was accepted; the newest of them is 2026-01-02-1]",
        scores().get(0));
    Plan plan = warehouse.plan(outline(), request());
    assertEquals(
        List.of(
            "models/fraud for 2026-01-04 … 2026-01-07: no version of the model fraud that was trained by then was accepted; the newest of them is 2026-01-02-1"),
        MissingInput.together(
            plan.blocked().stream()
                .filter(stage -> stage.stage().equals(StageId.score()))
                .flatMap(stage -> ((Decision.Blocked) stage.decision()).missing().stream())
                .toList()));
  }

  @Test
  void shouldWaitWhereTheVersionTakesColumnsThatAreGone() {
    train(OLD, 0.9, "amount", "card_n_7days", "channel");
    assertEquals(
        "5 no version: blocked [models/fraud for 2026-01-05: version 2026-01-02-1 of the model fraud does not fit the pipeline: it takes `card_n_7days`, which is no column among those of clean records and features any more; did you mean `card_n_7d`?; column `channel` is VARCHAR, but the model's input `channel` (double tensor [?, 1]) takes numbers or BOOLEAN]",
        scores().get(0));
  }

  @Test
  void shouldMakeTheRestOfTheNightWithoutAModel() {
    assertEquals(
        Map.of(
            "clean", PartitionStatus.State.DONE,
            "partials/card", PartitionStatus.State.DONE,
            "features/card", PartitionStatus.State.DONE,
            "join", PartitionStatus.State.LEFT_OUT,
            "score", PartitionStatus.State.BLOCKED),
        warehouse.status(outline(), DAY, DAY).partitions().stream()
            .collect(
                Collectors.toMap(
                    partition -> partition.stage().toString(), PartitionStatus::state)));
  }

  @Test
  void shouldScoreEntitiesWithTheirVersion() {
    spec =
        SPEC.with("{of: note = 'fraud', known_after: 1d}", "{any: amount > 9, within: 1d}")
            .with("inputs: [amount, card_n_1d]", "inputs: [card_n_1d]")
            .with("rows: events", "rows: entities")
            .with("keep: [txn]", "keep: [card]");
    train(OLD, 0.9, "card_mean_7d");
    run();
    assertEquals("5 2026-01-02-1: up to date", scores().get(0));
    assertEquals(
        Set.of("card", "card_mean_7d"),
        outline().stage(StageId.score(), DAY).readOf(StageId.features("card")));
  }
}
