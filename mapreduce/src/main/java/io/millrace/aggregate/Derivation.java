package io.millrace.aggregate;

import java.util.List;

/**
 * Columns that are computed from the features of all windows, as plain data that travels to the
 * tasks.
 *
 * @param inputs the features that are read
 * @param computation over the inputs and WINDOW_END
 * @param outputs computed columns
 */
public record Derivation(List<Input> inputs, Computation computation, List<String> outputs) {
  public Derivation {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A feature that is read.
   *
   * @param window its number
   * @param column what it is called in the rows of one window
   * @param name what it is called in the computation
   */
  public record Input(int window, String column, String name) {}
}
