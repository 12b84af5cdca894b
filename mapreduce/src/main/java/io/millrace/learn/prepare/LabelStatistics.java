package io.millrace.learn.prepare;

import io.millrace.aggregate.Totals;
import io.millrace.aggregate.ValueCounts;
import io.millrace.aggregate.ValueForm;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import java.util.List;
import java.util.stream.IntStream;

/** The labels of the rows of one split. Not thread-safe. */
final class LabelStatistics {
  static final int MOST_CLASSES = 10_000;

  private static final List<String> RESULTS = List.of("SUM_DOUBLE", "STDDEV_POP", "MIN", "MAX");

  private final ColumnType type;
  private final boolean byClass;
  private final int slot;
  private final ValueForm form;
  private final ValueCounts classes = new ValueCounts();
  private final Totals numbers;
  private final ByteBuilder body = new ByteBuilder();
  private long rows;

  LabelStatistics(ColumnType type, boolean byClass, int slot) {
    this.type = type;
    this.byClass = byClass;
    this.slot = slot;
    form = new ValueForm(type);
    numbers =
        new Totals(
            byClass
                ? List.of()
                : RESULTS.stream()
                    .map(name -> new Totals.Call(name, type, slot, List.of()))
                    .toList());
  }

  void add(Row row) {
    rows++;
    if (byClass) {
      form.take(row, slot);
      classes.add(form.array(), form.offset(), form.length(), 1);
      limit();
    } else {
      numbers.add(row);
    }
  }

  private void limit() {
    if (classes.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "Cannot train: the label has more than %d classes; is it an identifier?"
              .formatted(MOST_CLASSES));
    }
  }

  void write(ByteBuilder out) {
    out.putVarint(rows);
    classes.write(form, body.clear());
    out.putSlice(body.array(), 0, body.length());
    numbers.write(out);
  }

  void merge(ByteCursor encoded) {
    rows += encoded.readVarint();
    int end = encoded.readLength() + encoded.position();
    classes.read(form, encoded, end);
    limit();
    numbers.merge(encoded);
  }

  LabelSummary summary() {
    if (byClass) {
      int[] numbersOfClasses = classes.values().ascending();
      return new LabelSummary.OfClasses(
          IntStream.of(numbersOfClasses)
              .mapToObj(
                  number ->
                      new LabelSummary.ClassCount(
                          ClassName.of(classes.values(), number, type), classes.count(number)))
              .toList());
    }
    Row results = new Row(RESULTS.size());
    numbers.finish(results);
    double[] found = results.doubles;
    return new LabelSummary.OfNumbers(
        rows, rows == 0 ? 0 : found[0] / rows, found[1], found[2], found[3]);
  }
}
