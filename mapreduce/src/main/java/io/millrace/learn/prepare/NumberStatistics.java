package io.millrace.learn.prepare;

import io.millrace.aggregate.Histogram;
import io.millrace.aggregate.Totals;
import io.millrace.aggregate.ValueCounts;
import io.millrace.aggregate.ValueForm;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an input. Up to {@value #MOST_VALUES} different ones are counted one by one; where
 * there are more, they are put into a histogram of relative error 1 %, and the sums behind mean and
 * variance, also of the logarithms, stay exact.
 */
final class NumberStatistics extends InputStatistics {
  static final int MOST_VALUES = 10_000;

  private static final ColumnType DOUBLE = ColumnType.of(Kind.DOUBLE);
  private static final NumberStep LOGARITHM = new NumberStep.Log1p();
  private static final byte COUNTED = 1;
  private static final byte SPREAD = 0;

  private final NumberReader reader;
  private final boolean logarithm;
  private final ValueForm form = new ValueForm(DOUBLE);
  private final ByteBuilder body = new ByteBuilder();
  private final Row cell = new Row(2);

  /** Null once they are too many. */
  private @Nullable ValueCounts counts = new ValueCounts();

  private final Histogram histogram = new Histogram();
  private final Totals totals;

  /**
   * @param logarithm whether their logarithms are wanted, too
   */
  NumberStatistics(NumberReader reader, boolean logarithm) {
    this.reader = reader;
    this.logarithm = logarithm;
    totals =
        new Totals(
            IntStream.rangeClosed(0, logarithm ? 1 : 0)
                .boxed()
                .flatMap(
                    slot ->
                        List.of("SUM_DOUBLE", "VAR_POP").stream()
                            .map(name -> new Totals.Call(name, DOUBLE, slot, List.of())))
                .toList());
  }

  @Override
  boolean addValue(Row row) {
    double value = reader.read(row);
    if (Double.isNaN(value)) {
      return false;
    }
    cell.setDouble(0, value);
    if (counts == null) {
      spread(1);
    } else {
      form.take(cell, 0);
      counts.add(form.array(), form.offset(), form.length(), 1);
      limit();
    }
    return true;
  }

  /** Adds the number of the cell to histogram and sums. */
  private void spread(long times) {
    double value = cell.doubles[0];
    histogram.add(value, times);
    if (logarithm) {
      cell.setDouble(1, LOGARITHM.apply(value));
    }
    if (times == 1) {
      totals.add(cell);
    } else {
      totals.add(cell, times);
    }
  }

  private void limit() {
    if (counts != null && counts.size() > MOST_VALUES) {
      ValueCounts counted = counts;
      counts = null;
      spread(counted);
    }
  }

  private void spread(ValueCounts counted) {
    for (int number = 0; number < counted.size(); number++) {
      cell.setDouble(0, value(counted, number));
      spread(counted.count(number));
    }
  }

  private double value(ValueCounts counted, int number) {
    form.put(
        counted.values().array(),
        counted.values().offset(number),
        counted.values().length(number),
        cell,
        0);
    return cell.doubles[0];
  }

  @Override
  void writeValues(ByteBuilder out) {
    body.clear();
    if (counts != null) {
      counts.write(form, body);
      out.putByte(COUNTED).putSlice(body.array(), 0, body.length());
    } else {
      histogram.write(body);
      out.putByte(SPREAD).putSlice(body.array(), 0, body.length());
      totals.write(out);
    }
  }

  @Override
  void mergeValues(ByteCursor encoded) {
    boolean counted = encoded.readByte() == COUNTED;
    int end = encoded.readLength() + encoded.position();
    if (counted) {
      ValueCounts more = counts == null ? new ValueCounts() : counts;
      more.read(form, encoded, end);
      if (counts == null) {
        spread(more);
      } else {
        limit();
      }
    } else {
      if (counts != null) {
        ValueCounts mine = counts;
        counts = null;
        spread(mine);
      }
      Histogram more = new Histogram();
      more.read(encoded, end);
      histogram.add(more);
      totals.merge(encoded);
    }
  }

  /** The numbers; there is one at least. */
  Distribution distribution() {
    if (counts == null) {
      int bins = histogram.bins();
      return new Distribution(
          IntStream.range(0, bins).mapToDouble(histogram::value).toArray(),
          IntStream.range(0, bins).mapToLong(histogram::count).toArray(),
          histogram.least(),
          histogram.greatest(),
          false);
    }
    ValueCounts counted = counts;
    int[] ascending = counted.values().ascending();
    double[] values = IntStream.of(ascending).mapToDouble(i -> value(counted, i)).toArray();
    return new Distribution(
        values,
        IntStream.of(ascending).mapToLong(counted::count).toArray(),
        values[0],
        values[values.length - 1],
        true);
  }

  /** Whether the numbers are counted one by one. */
  boolean isCounted() {
    return counts != null;
  }

  /**
   * Tells how often each number occurs, ascending.
   *
   * @param binned whether numbers are told by the numbers of their histogram's bins
   */
  void forEach(boolean binned, NumberCount told) {
    if (!binned) {
      if (rows() > nulls()) {
        Distribution all = distribution();
        for (int i = 0; i < all.size(); i++) {
          told.accept(all.value(i), all.count(i));
        }
      }
      return;
    }
    Histogram all = histogram;
    ValueCounts counted = counts;
    if (counted != null) {
      all = new Histogram();
      for (int number = 0; number < counted.size(); number++) {
        all.add(value(counted, number), counted.count(number));
      }
    }
    for (int i = 0; i < all.bins(); i++) {
      told.accept(all.bin(i), all.count(i));
    }
  }

  /** Is told of numbers. */
  interface NumberCount {
    void accept(double number, long count);
  }

  /** Mean and variance of all numbers. */
  Moments moments() {
    return counts != null ? distribution().moments() : finished(0);
  }

  /** Mean and variance of their logarithms, where those were wanted. */
  Moments logarithmMoments() {
    return counts != null ? distribution().after(LOGARITHM).moments() : finished(2);
  }

  private Moments finished(int first) {
    Row results = new Row(4);
    totals.finish(results);
    if (results.nulls[first] || results.nulls[first + 1]) {
      throw new IllegalArgumentException(
          "Cannot take mean and variance: they are beyond the largest DOUBLE");
    }
    long count = rows() - nulls();
    return new Moments(count, results.doubles[first] / count, results.doubles[first + 1]);
  }
}
