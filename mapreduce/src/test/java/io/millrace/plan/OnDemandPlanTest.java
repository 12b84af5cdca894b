package io.millrace.plan;

import static io.millrace.plan.CardPipeline.TRAIN;
import static io.millrace.plan.CardPipeline.TRAINING;
import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.learn.Snapshots;
import io.millrace.spec.TrainSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trained on the two newest days whose labels are known: two days later. */
class OnDemandPlanTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void landFirstDays() {
    warehouse.landEach(day(1), day(6));
    pipeline.snapshots =
        Optional.of(new Snapshots(new TrainSpec.Snapshots.Days(2), 2, CardPipeline.FROM));
  }

  private static PlanRequest train(int day) {
    return PlanRequest.of(day(day)).with(new PlanRequest.Stages.Train());
  }

  private List<String> decisions(PlanRequest request) {
    return Decisions.of(warehouse.plan(pipeline, request));
  }

  @Test
  void shouldTrainInNoNight() {
    assertEquals(
        List.of("clean", "partials/card", "features/card", "score"),
        warehouse.plan(pipeline, PlanRequest.of(day(1))).stages().stream()
            .map(stage -> stage.stage().toString())
            .toList());
  }

  @Test
  void shouldTrainOnWhatStands() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(4)));
    Plan plan = warehouse.plan(pipeline, train(5));
    assertEquals(
        List.of("training 5: run, not made yet", "train 5: run, not made yet"), Decisions.of(plan));
    assertEquals(
        List.of("clean 2", "clean 3", "features/card 1", "features/card 2"),
        plan.stages().get(0).inputs().stream()
            .map(input -> input.dataSet() + " " + input.date().getDayOfMonth())
            .toList());
  }

  @Test
  void shouldSayWhatIsMissing() {
    Plan plan = warehouse.plan(pipeline, train(4));
    assertEquals(2, plan.blocked().size());
    assertEquals(
        "blocked [clean/dt=2026-11-01: not made yet, clean/dt=2026-11-02: not made yet,"
            + " features/card/dt=2026-11-01: not made yet]",
        Decisions.of(plan).get(0).substring("training 4: ".length()));
    assertEquals(Optional.of(new Plan.DateRange(day(1), day(2))), plan.earlierDates());
  }

  @Test
  void shouldMakeHistoryAsFarAsItIsRead() {
    assertEquals(
        List.of(
            "clean 1: run, not made yet",
            "partials/card 1: run, not made yet",
            "features/card 1: run, not made yet",
            "clean 2: run, not made yet",
            "training 4: run, not made yet",
            "train 4: run, not made yet"),
        decisions(train(4).withEarlierDates()));
  }

  /** The training asks for no night, so that of its own date too it makes what it reads. */
  @Test
  void shouldMakeWhatIsReadOfItsOwnDate() {
    pipeline.snapshots =
        Optional.of(new Snapshots(new TrainSpec.Snapshots.Days(1), 0, CardPipeline.FROM));
    assertEquals(
        List.of(
            "clean 1: run, not made yet",
            "training 1: run, not made yet",
            "train 1: run, not made yet"),
        decisions(train(1).withEarlierDates()));
    assertEquals(2, warehouse.plan(pipeline, train(1)).blocked().size());
  }

  @Test
  void shouldLeaveATrainedModelAloneUntilWhatItReadsChanges() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(6)));
    warehouse.run(pipeline, train(5));
    List<String> upToDate = List.of("training 5: up to date", "train 5: up to date");
    assertEquals(upToDate, decisions(train(5)));

    warehouse.land(day(5), file("part-1.csv", 77));
    assertEquals(upToDate, decisions(train(5)));

    pipeline.penalty = "2";
    assertEquals(
        List.of("training 5: up to date", "train 5: run, stale: train.model.l2 was `1`, is `2`"),
        decisions(train(5)));

    warehouse.land(day(3), file("part-1.csv", 77));
    warehouse.run(pipeline, PlanRequest.of(day(3)));
    assertTrue(
        decisions(train(5))
            .get(0)
            .startsWith("training 5: run, stale because of clean/dt=2026-11-03"),
        decisions(train(5)).toString());
  }

  @Test
  void shouldForceATraining() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(4)));
    warehouse.run(pipeline, train(4));
    assertEquals(
        List.of("training 4: run, forced", "train 4: run, forced"), decisions(train(4).forced()));
  }

  @Test
  void shouldRefuseToTrainWhereNothingIsTrained() {
    pipeline.snapshots = Optional.empty();
    assertThrows(IllegalArgumentException.class, () -> warehouse.plan(pipeline, train(4)));
  }

  @Test
  void shouldShowTrainingsWhereTheyStand() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(6)));
    assertEquals(4, warehouse.status(pipeline, day(1), day(6)).stages().size());
    warehouse.run(pipeline, train(5));
    StatusGrid grid = warehouse.status(pipeline, day(4), day(5));
    assertEquals(List.of(TRAINING, TRAIN), grid.stages().subList(3, 5));
    assertEquals(
        List.of(PartitionStatus.State.LEFT_OUT, PartitionStatus.State.DONE),
        grid.rows().stream().map(row -> row.partitions().get(4).state()).toList());
  }

  @Test
  void shouldMendNoTraining() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(6)));
    warehouse.run(pipeline, train(5));
    pipeline.penalty = "2";
    assertEquals(
        PartitionStatus.State.STALE,
        warehouse.status(pipeline, day(5), day(5)).rows().get(0).partitions().get(4).state());
    assertEquals(List.of(), warehouse.mending(pipeline, day(1), day(6)));
  }
}
