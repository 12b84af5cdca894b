package io.millrace.model;

import io.millrace.row.ColumnType;
import java.util.OptionalInt;

/**
 * Which of a model's values is the score. Bound: the output exists and may be a score.
 *
 * @param name of the output
 * @param tensor the tensor of the graph that is asked for; not the output itself where that is a
 *     map
 * @param column of the tensor, from 0; left out: it has only one
 */
public record ModelOutput(String name, String tensor, ElementType element, OptionalInt column) {
  public ModelOutput {
    if (element.scoreKind().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot take scores of " + name + ": its elements are " + element.onnxName());
    }
  }

  /** The type of a column of scores. */
  public ColumnType scoreType() {
    return ColumnType.of(element.scoreKind().orElseThrow());
  }
}
