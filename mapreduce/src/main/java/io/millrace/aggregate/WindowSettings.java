package io.millrace.aggregate;

import java.util.List;

/**
 * What tells a task how to merge partial states into features; plain data.
 *
 * @param lastDay the epoch day at which the windows end
 * @param windows lengths in days, ascending
 * @param aggregates whose states are merged
 * @param computation features from the results of the aggregates, the columns {@code $i}
 * @param outputs the columns of one window's features: {@code $i} or computed ones
 */
public record WindowSettings(
    long lastDay,
    List<Integer> windows,
    List<AggregateSettings> aggregates,
    Computation computation,
    List<String> outputs) {
  public WindowSettings {
    windows = List.copyOf(windows);
    aggregates = List.copyOf(aggregates);
    outputs = List.copyOf(outputs);
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i) <= (i == 0 ? 0 : windows.get(i - 1))) {
        throw new IllegalArgumentException(
            "Cannot merge windows " + windows + ": their lengths must be positive and ascend");
      }
    }
  }
}
