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
}
