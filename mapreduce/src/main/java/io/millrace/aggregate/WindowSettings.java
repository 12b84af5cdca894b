package io.millrace.aggregate;

import java.util.List;

/**
 * What tells a task how to merge partial states into features; plain data.
 *
 * @param lastDay the epoch day at which the windows end
 * @param zone in which days count
 * @param windows lengths in days, ascending
 * @param states what the partials hold
 * @param results what is finished from them: the columns {@code $i}
 * @param computation features from the results and WINDOW_END
 * @param outputs the columns of one window's features: {@code $i} or computed ones
 * @param derivation columns behind those of all windows
 */
public record WindowSettings(
    long lastDay,
    String zone,
    List<Integer> windows,
    List<StateSettings> states,
    List<ResultSettings> results,
    Computation computation,
    List<String> outputs,
    Derivation derivation) {
  public WindowSettings {
    windows = List.copyOf(windows);
    states = List.copyOf(states);
    results = List.copyOf(results);
    outputs = List.copyOf(outputs);
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i) <= (i == 0 ? 0 : windows.get(i - 1))) {
        throw new IllegalArgumentException(
            "Cannot merge windows " + windows + ": their lengths must be positive and ascend");
      }
    }
  }

  List<Aggregate> newAggregates() {
    return states.stream().map(Aggregates::create).toList();
  }
}
