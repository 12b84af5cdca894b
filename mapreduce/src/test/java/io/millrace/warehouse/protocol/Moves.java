package io.millrace.warehouse.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers what comes of each step in each tree: many states have both in common. */
final class Moves {
  /** Where a run stands, and in what. */
  record Place(String run, FileTree tree, Step step) {
    @Override
    public int hashCode() {
      return (tree.hashCode() * 31 + Step.hash(step)) * 31 + run.hashCode();
    }
  }

  private final Setting setting;
  private final Map<Place, List<Move>> known = new HashMap<>();
  private final Map<FileTree, FileTree> trees = new HashMap<>();
  private final Map<Step, Step> steps = new HashMap<>();

  Moves(Setting setting) {
    this.setting = setting;
  }

  Setting setting() {
    return setting;
  }

  List<Move> of(String run, FileTree tree, Step step) {
    return known.computeIfAbsent(
        new Place(run, tree, step),
        place -> step.moves(setting.actor(run), tree).stream().map(this::shared).toList());
  }

  /** Keeps equal trees and steps once. */
  private Move shared(Move move) {
    return new Move(
        move.call(),
        trees.computeIfAbsent(move.tree(), same -> same),
        steps.computeIfAbsent(move.next(), same -> same),
        move.publishes());
  }
}
