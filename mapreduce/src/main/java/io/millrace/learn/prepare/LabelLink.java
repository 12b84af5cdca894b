package io.millrace.learn.prepare;

import io.millrace.aggregate.Totals;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a number, or its being NULL, goes with a label that is a number: what Pearson's correlation
 * needs. Values are rounded to floats, whose products are exact doubles, so that all sums are exact
 * and merge in any order. Not thread-safe.
 */
final class LabelLink {
  private static final int INPUT = 0;
  private static final int LABEL = 1;
  private static final int PRODUCT = 2;
  private static final int LABEL_OF_NULL = 3;
  private static final ColumnType DOUBLE = ColumnType.of(Kind.DOUBLE);

  private final Totals totals =
      new Totals(
          List.of(
              call("SUM_DOUBLE", INPUT),
              call("STDDEV_POP", INPUT),
              call("SUM_DOUBLE", LABEL),
              call("STDDEV_POP", LABEL),
              call("SUM_DOUBLE", PRODUCT),
              call("SUM_DOUBLE", LABEL_OF_NULL)));

  private final Row cells = new Row(6);
  private long filled;
  private long nulls;

  private static Totals.Call call(String function, int slot) {
    return new Totals.Call(function, DOUBLE, slot, List.of());
  }

  /**
   * Adds a row.
   *
   * @param input NaN where it is NULL
   */
  void add(double input, double label) {
    double x = (float) input;
    double y = (float) label;
    if (Double.isNaN(x)) {
      nulls++;
      cells.setNull(INPUT);
      cells.setNull(LABEL);
      cells.setNull(PRODUCT);
      cells.setDouble(LABEL_OF_NULL, finite(y));
    } else {
      filled++;
      cells.setDouble(INPUT, finite(x));
      cells.setDouble(LABEL, finite(y));
      cells.setDouble(PRODUCT, finite(x) * finite(y));
      cells.setNull(LABEL_OF_NULL);
    }
    totals.add(cells);
  }

  /** What is beyond the floats is as far as they go. */
  private static double finite(double value) {
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
  }

  void write(ByteBuilder out) {
    out.putVarint(filled).putVarint(nulls);
    totals.write(out);
  }

  void merge(ByteCursor encoded) {
    filled += encoded.readVarint();
    nulls += encoded.readVarint();
    totals.merge(encoded);
  }

  /** Pearson's correlation of the numbers that are filled; nothing where either does not vary. */
  OptionalDouble correlation() {
    Row results = new Row(6);
    totals.finish(results);
    double deviations = results.doubles[1] * results.doubles[3];
    if (filled < 2 || results.nulls[1] || results.nulls[3] || !(deviations > 0)) {
      return OptionalDouble.empty();
    }
    double[] sums = results.doubles;
    double covariance = sums[4] / filled - sums[0] / filled * (sums[2] / filled);
    return OptionalDouble.of(Math.max(-1, Math.min(1, covariance / deviations)));
  }

  /** The mean label of rows where the input is filled; nothing where there is none. */
  OptionalDouble meanFilled() {
    return mean(2, filled);
  }

  /** The mean label of rows where the input is NULL; nothing where there is none. */
  OptionalDouble meanNull() {
    return mean(5, nulls);
  }

  private OptionalDouble mean(int call, long count) {
    Row results = new Row(6);
    totals.finish(results);
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(results.doubles[call] / count);
  }
}
