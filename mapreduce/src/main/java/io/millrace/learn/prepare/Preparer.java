package io.millrace.learn.prepare;

import io.millrace.learn.DesignRow;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.List;

/** Makes rows of the design matrix of records. Not thread-safe. */
public final class Preparer {
  private final InputPreparer[] inputs;

  Preparer(Preparation preparation, RowType layout) {
    List<InputPreparer> all = new ArrayList<>();
    int first = 0;
    for (PreparedInput input : preparation.inputs()) {
      all.add(InputPreparer.of(input, layout, first));
      first += input.columns().size();
    }
    inputs = all.toArray(InputPreparer[]::new);
  }

  /**
   * Prepares one record.
   *
   * @param out replaced; as wide as the preparation
   */
  public void prepare(Row row, DesignRow out) {
    out.clear();
    for (InputPreparer input : inputs) {
      input.prepare(row, out);
    }
  }
}
