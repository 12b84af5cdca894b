package io.millrace.warehouse.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through all states that can be reached, the nearest first, so that traces are short. */
final class Search {
  /**
   * What was found.
   *
   * @param trace to the violation, one step a line, or empty where all holds
   */
  record Found(int states, int trees, Optional<String> trace) {}

  private final Setting setting;
  private final Moves moves;
  private final Map<World, Integer> known = new HashMap<>();
  private final List<World> worlds = new ArrayList<>();
  private final List<Integer> before = new ArrayList<>();

  private Search(Setting setting) {
    this.setting = setting;
    moves = new Moves(setting);
  }

  static Found through(Setting setting) {
    return new Search(setting).run();
  }

  private Found run() {
    Promises promises = new Promises(moves);
    reach(World.start(setting), -1);
    for (int i = 0; i < worlds.size(); i++) {
      int from = i;
      try {
        promises.check(worlds.get(i));
        worlds.get(i).next(setting, moves, (label, next) -> reach(next, from));
      } catch (Violation e) {
        return new Found(worlds.size(), promises.trees(), Optional.of(trace(i, e)));
      }
    }
    return new Found(worlds.size(), promises.trees(), Optional.empty());
  }

  private void reach(World world, int from) {
    if (known.putIfAbsent(world, worlds.size()) == null) {
      worlds.add(world);
      before.add(from);
    }
  }

  private String trace(int end, Violation violation) {
    List<String> lines = new ArrayList<>();
    for (int at = end; before.get(at) >= 0; at = before.get(at)) {
      lines.add(label(worlds.get(before.get(at)), worlds.get(at)));
    }
    Collections.reverse(lines);
    lines.add("-> " + violation.getMessage());
    lines.add("   " + worlds.get(end).tree());
    return String.join(System.lineSeparator(), lines);
  }

  private String label(World from, World to) {
    List<String> labels = new ArrayList<>();
    from.next(
        setting,
        moves,
        (label, next) -> {
          if (next.equals(to)) {
            labels.add(label.get());
          }
        });
    return labels.get(0);
  }
}
