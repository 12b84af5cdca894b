package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a plan makes, and what of it has to be made before what.
 *
 * @param stages in the order of the plan: oldest date first
 * @param needs for each stage the places of those that it waits for
 */
public record StageGraph(List<PlannedStage> stages, List<SortedSet<Integer>> needs) {
  private record Key(StageId stage, LocalDate date) {}

  public StageGraph {
    stages = List.copyOf(stages);
    needs = List.copyOf(needs);
    if (stages.size() != needs.size()) {
      throw new IllegalArgumentException(
          "Cannot order %d stages: it is said of %d what they need"
              .formatted(stages.size(), needs.size()));
    }
  }

  /**
   * The graph of a plan: a stage waits for all that it reads and that the plan makes, and for a
   * join that is made for it.
   */
  public static StageGraph of(Plan plan, PipelineOutline pipeline) {
    List<PlannedStage> stages = plan.toRun();
    Map<Key, Integer> places = new HashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      places.put(new Key(stages.get(i).stage(), stages.get(i).date()), i);
    }
    List<SortedSet<Integer>> needs = new ArrayList<>();
    for (PlannedStage stage : stages) {
      SortedSet<Integer> needed = new TreeSet<>();
      for (PlannedInput input : stage.inputs()) {
        Integer place = places.get(new Key(input.stage(), input.date()));
        if (place != null) {
          needed.add(place);
        }
      }
      needs.add(needed);
    }
    for (int i = 0; i < stages.size(); i++) {
      int join = i;
      LocalDate date = stages.get(join).date();
      pipeline
          .stage(stages.get(join).stage())
          .lookUp()
          .map(lookUp -> places.get(new Key(lookUp.reader(), date)))
          .ifPresent(reader -> needs.get(reader).add(join));
    }
    return new StageGraph(stages, needs);
  }

  /**
   * About how many bytes of files each stage will read: what stands is known, what is still to be
   * made is guessed.
   */
  public long[] expectedBytes() {
    return new ExpectedBytes(stages, needs, RawFile::length).ofStages();
  }

  /**
   * The same graph, where several can be worked on at once: of each date those first whose readers,
   * and the readers of these, have the most to read. So the longest chain of work does not begin
   * when all else is over.
   */
  public StageGraph longestFirst() {
    long[] bytes = new ExpectedBytes(stages, needs, Sizing::plainBytes).ofChains();
    List<Integer> order =
        IntStream.range(0, stages.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer place) -> stages.get(place).date())
                    .thenComparing(place -> bytes[place], Comparator.reverseOrder()))
            .toList();
    int[] places = new int[order.size()];
    for (int i = 0; i < places.length; i++) {
      places[order.get(i)] = i;
    }
    return new StageGraph(
        order.stream().map(stages::get).toList(),
        order.stream()
            .<SortedSet<Integer>>map(
                place ->
                    needs.get(place).stream()
                        .map(need -> places[need])
                        .collect(Collectors.toCollection(TreeSet::new)))
            .toList());
  }
}
