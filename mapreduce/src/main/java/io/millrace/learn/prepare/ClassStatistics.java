package io.millrace.learn.prepare;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Row;
import java.util.ArrayList;
import java.util.List;

/** The statistics of all inputs over the training rows of one class. Not thread-safe. */
final class ClassStatistics {
  private final List<InputStatistics> inputs = new ArrayList<>();

  /**
   * @param columns of the inputs
   * @param slots of theirs
   */
  ClassStatistics(StatisticsPlan plan, List<Column> columns, int[] slots) {
    for (int i = 0; i < slots.length; i++) {
      inputs.add(InputStatistics.of(columns.get(i), slots[i], plan.inputs().get(i).logarithm()));
    }
  }

  void add(Row row) {
    for (InputStatistics input : inputs) {
      input.add(row);
    }
  }

  InputStatistics input(int number) {
    return inputs.get(number);
  }

  void write(ByteBuilder out) {
    inputs.forEach(input -> input.write(out));
  }

  void merge(ByteCursor encoded) {
    inputs.forEach(input -> input.merge(encoded));
  }

  void add(ClassStatistics other) {
    ByteBuilder bytes = new ByteBuilder();
    other.write(bytes);
    merge(new ByteCursor().reset(bytes.array(), 0, bytes.length()));
  }
}
