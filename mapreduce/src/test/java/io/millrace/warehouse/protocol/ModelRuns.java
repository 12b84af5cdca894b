package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.Step.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The model run by run, to hold the code against. */
public final class ModelRuns {
  private static final String JOB = "job";

  private final Unit unit;
  private final Map<String, Step> steps = new HashMap<>();
  private FileTree tree = FileTree.empty(FileTree.Semantics.HDFS);

  public ModelRuns(String stage, String date, List<String> dataSets) {
    unit = new Unit(stage, date, dataSets);
  }

  /**
   * Lets a run begin, or go on, while all others sleep.
   *
   * @param most how many calls it makes, of those that change something, before it falls asleep
   * @return these calls
   */
  public List<String> run(String run, int most) {
    Actor actor = new Actor(run, unit, Set.of());
    Step step = steps.computeIfAbsent(run, name -> Taking.begin(actor));
    List<String> calls = new ArrayList<>();
    while (step.phase() != Phase.ENDED) {
      Move move = step.moves(actor, tree).get(0);
      if (!move.tree().equals(tree) && !move.call().equals(JOB)) {
        if (calls.size() == most) {
          break;
        }
        calls.add(move.call());
      }
      tree = move.tree();
      step = move.next();
    }
    steps.put(run, step);
    return calls;
  }

  /** What lies there. */
  public List<String> paths() {
    return List.copyOf(tree.paths().keySet());
  }
}
