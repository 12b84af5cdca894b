package io.millrace.plan;

import static io.millrace.plan.CardPipeline.CLEAN;
import static io.millrace.plan.CardPipeline.FEATURES;
import static io.millrace.plan.CardPipeline.JOIN;
import static io.millrace.plan.CardPipeline.PARTIALS;
import static io.millrace.plan.CardPipeline.SCORE;
import static io.millrace.plan.CardPipeline.day;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageGraphTest {
  private final CardPipeline pipeline = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void landFirstDays() {
    warehouse.landEach(day(1), day(9));
  }

  /** What each stage waits for, as {@code clean 1: …}. */
  private Map<String, List<String>> needs(PlanRequest request) {
    StageGraph graph = StageGraph.of(warehouse.plan(pipeline, request), pipeline.outline());
    Map<String, List<String>> needs = new TreeMap<>();
    for (int i = 0; i < graph.stages().size(); i++) {
      List<String> names = new ArrayList<>();
      graph.needs().get(i).forEach(need -> names.add(name(graph.stages().get(need))));
      needs.put(name(graph.stages().get(i)), names);
    }
    return needs;
  }

  private static String name(PlannedStage stage) {
    return stage.stage() + " " + stage.date().getDayOfMonth();
  }

  private static String name(StageId stage, int day) {
    return stage + " " + day;
  }

  @Test
  void shouldWaitForAllThatIsReadAndMade() {
    Map<String, List<String>> needs = needs(PlanRequest.of(day(1), day(4)));
    assertEquals(16, needs.size());
    assertEquals(List.of(), needs.get(name(CLEAN, 4)));
    assertEquals(List.of(name(CLEAN, 4)), needs.get(name(PARTIALS, 4)));
    assertEquals(
        List.of(name(PARTIALS, 2), name(PARTIALS, 3), name(PARTIALS, 4)),
        needs.get(name(FEATURES, 4)));
    assertEquals(List.of(name(FEATURES, 3), name(CLEAN, 4)), needs.get(name(SCORE, 4)));
    assertEquals(List.of(name(CLEAN, 1)), needs.get(name(SCORE, 1)));
  }

  @Test
  void shouldNotWaitForWhatStands() {
    warehouse.run(pipeline, PlanRequest.of(day(1), day(3)));
    Map<String, List<String>> needs = needs(PlanRequest.of(day(4)));
    assertEquals(List.of(name(PARTIALS, 4)), needs.get(name(FEATURES, 4)));
    assertEquals(List.of(name(CLEAN, 4)), needs.get(name(SCORE, 4)));
  }

  @Test
  void shouldWaitForAJoinThatIsMadeForTheScores() {
    pipeline.joinMemory = FakeWarehouse.BYTES - 1;
    Map<String, List<String>> needs = needs(PlanRequest.of(day(1), day(2)));
    assertEquals(List.of(name(FEATURES, 1), name(CLEAN, 2)), needs.get(name(JOIN, 2)));
    assertEquals(
        List.of(name(FEATURES, 1), name(CLEAN, 2), name(JOIN, 2)), needs.get(name(SCORE, 2)));
  }

  @Test
  void shouldWaitForEarlierDatesOfItsOwn() {
    pipeline.acrossDays = 2;
    Map<String, List<String>> needs = needs(PlanRequest.of(day(1), day(4)));
    assertEquals(List.of(name(CLEAN, 2), name(CLEAN, 3)), needs.get(name(CLEAN, 4)));
  }

  @Test
  void shouldWaitForEarlierDatesThatAreMadeForIt() {
    Map<String, List<String>> needs = needs(PlanRequest.of(day(3)).withEarlierDates());
    assertEquals(
        List.of(name(PARTIALS, 1), name(PARTIALS, 2), name(PARTIALS, 3)),
        needs.get(name(FEATURES, 3)));
  }

  @Test
  void shouldExpectWhatStandsAndGuessWhatIsStillToBeMade() {
    StageGraph graph =
        StageGraph.of(warehouse.plan(pipeline, PlanRequest.of(day(1))), pipeline.outline());
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < graph.stages().size(); i++) {
      expected.put(name(graph.stages().get(i)), graph.expectedBytes()[i]);
    }
    // of 100 raw bytes, a third is clean, and a third of that partials; one more of each stage
    assertEquals(
        Map.of(
            name(CLEAN, 1),
            101L,
            name(PARTIALS, 1),
            34L,
            name(SCORE, 1),
            34L,
            name(FEATURES, 1),
            12L),
        expected);
  }

  private List<String> longestFirst(PlanRequest request) {
    StageGraph graph =
        StageGraph.of(warehouse.plan(pipeline, request), pipeline.outline()).longestFirst();
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < graph.stages().size(); i++) {
      shown.add(name(graph.stages().get(i)) + " after " + graph.needs().get(i));
    }
    return shown;
  }

  @Test
  void shouldPutStagesFirstThatHaveTheMostToReadBeforeThem() {
    // of 100 raw bytes, 33 are clean, and 11 partials
    assertEquals(
        List.of(
            name(CLEAN, 1) + " after []",
            name(PARTIALS, 1) + " after [0]",
            name(SCORE, 1) + " after [0]",
            name(FEATURES, 1) + " after [1]"),
        longestFirst(PlanRequest.of(day(1))));
  }

  @Test
  void shouldCountWhatReadersOfLaterDatesReadAndStillTakeTheOldestDateFirst() {
    // the scores of the second day wait for the features of the first: 11 and 36 bytes
    assertEquals(
        List.of(
            name(CLEAN, 1) + " after []",
            name(PARTIALS, 1) + " after [0]",
            name(FEATURES, 1) + " after [1]",
            name(SCORE, 1) + " after [0]",
            name(CLEAN, 2) + " after []",
            name(PARTIALS, 2) + " after [4]",
            name(SCORE, 2) + " after [2, 4]",
            name(FEATURES, 2) + " after [1, 5]"),
        longestFirst(PlanRequest.of(day(1), day(2))));
  }

  @Test
  void shouldKnowWhatStands() {
    // three days of partials, 50 bytes each, are more than a day of clean rows and of features
    warehouse.run(pipeline, PlanRequest.of(day(1), day(4)));
    warehouse.remove(FEATURES.mainDataSet(), day(4));
    warehouse.remove(SCORE.mainDataSet(), day(4));
    assertEquals(
        List.of(name(FEATURES, 4) + " after []", name(SCORE, 4) + " after []"),
        longestFirst(PlanRequest.of(day(4))));
  }
}
