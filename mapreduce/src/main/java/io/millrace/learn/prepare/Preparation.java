package io.millrace.learn.prepare;

import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.util.List;

/**
 * What was learnt of the inputs: how each becomes columns of the design matrix. Plain data, which
 * travels as JSON.
 *
 * @param inputs those that make design columns, in the order of their columns
 * @param notes which inputs were left out, and why, as sentences for a person
 */
public record Preparation(List<PreparedInput> inputs, List<String> notes) {
  public Preparation {
    inputs = List.copyOf(inputs);
    notes = List.copyOf(notes);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot train: no input is left that tells rows apart. "
              + (notes.isEmpty() ? "Name some under train.inputs" : String.join(" ", notes)));
    }
  }

  /**
   * Learns how inputs are prepared. Each step is learnt of the training rows as the steps before
   * left them. Inputs that do not tell training rows apart are left out.
   *
   * @param inputs in the order in which they become design columns
   * @throws IllegalArgumentException where there are no training rows, a type does not fit its
   *     plan, or no input is left
   */
  public static Preparation fit(List<Column> inputs, PreparePlan plan, TableStatistics statistics) {
    return new PreparationFit(plan, statistics).fit(inputs);
  }

  /** How many design columns there are. */
  public int width() {
    return inputs.stream().mapToInt(input -> input.columns().size()).sum();
  }

  /** The columns of the design matrix. */
  public List<DesignColumn> columns() {
    return inputs.stream()
        .flatMap(
            input -> input.columns().stream().map(name -> new DesignColumn(name, input.name())))
        .toList();
  }

  /**
   * Prepares rows.
   *
   * @param layout their columns; it has all inputs
   */
  public Preparer preparer(RowType layout) {
    return new Preparer(this, layout);
  }
}
