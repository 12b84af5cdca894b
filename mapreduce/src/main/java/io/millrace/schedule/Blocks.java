package io.millrace.schedule;

import io.millrace.plan.StageId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts stages into blocks: side by side what has nothing to do with one another, one after the
 * other the rest. A stage may come to wait for more than it needs, never for less.
 */
final class Blocks {
  private final Map<StageId, Set<StageId>> needs;

  private Blocks(Map<StageId, Set<StageId>> needs) {
    this.needs = needs;
  }

  /**
   * The blocks of all stages.
   *
   * @param needs of each stage, in an order in which they may run, those that it waits for
   */
  static Block of(Map<StageId, Set<StageId>> needs) {
    return new Blocks(needs).block(new LinkedHashSet<>(needs.keySet()));
  }

  private Block block(Set<StageId> stages) {
    if (stages.size() == 1) {
      return new Block.One(new Step.OfStage(stages.iterator().next()));
    }
    List<Set<StageId>> parts = parts(stages);
    if (parts.size() > 1) {
      return Block.parallel(parts.stream().map(this::block).toList());
    }
    Set<StageId> first = first(stages);
    Set<StageId> last = last(stages);
    // a common end is split off only where the beginning is not common: chains stay chains
    Set<StageId> end = first.size() > 1 && last.size() == 1 ? last : without(stages, first);
    return Block.sequence(List.of(block(without(stages, end)), block(end)));
  }

  /** Those that hang together, in the order of their first stages. */
  private List<Set<StageId>> parts(Set<StageId> stages) {
    List<Set<StageId>> parts = new ArrayList<>();
    for (StageId stage : stages) {
      Set<StageId> needed = needed(stage, stages);
      List<Set<StageId>> touched =
          parts.stream().filter(part -> part.stream().anyMatch(needed::contains)).toList();
      if (touched.isEmpty()) {
        parts.add(new LinkedHashSet<>(List.of(stage)));
      } else {
        touched.subList(1, touched.size()).forEach(touched.get(0)::addAll);
        touched.get(0).add(stage);
        parts.removeAll(touched.subList(1, touched.size()));
      }
    }
    return parts;
  }

  /** Those that wait for none of the others. */
  private Set<StageId> first(Set<StageId> stages) {
    return stages.stream()
        .filter(stage -> needed(stage, stages).isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Those that none of the others waits for. */
  private Set<StageId> last(Set<StageId> stages) {
    Set<StageId> last = new LinkedHashSet<>(stages);
    stages.forEach(stage -> last.removeAll(needed(stage, stages)));
    return last;
  }

  private Set<StageId> needed(StageId stage, Set<StageId> among) {
    return needs.getOrDefault(stage, Set.of()).stream()
        .filter(among::contains)
        .collect(Collectors.toSet());
  }

  private static Set<StageId> without(Set<StageId> stages, Set<StageId> taken) {
    Set<StageId> rest = new LinkedHashSet<>(stages);
    rest.removeAll(taken);
    return rest;
  }
}
