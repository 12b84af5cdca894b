package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.math.BigDecimal;

/** PERCENTILE of numbers, from a {@link Histogram}. */
final class HistogramAggregate extends HeldAggregate<Histogram> {
  private static final ColumnType DOUBLE = ColumnType.of(Kind.DOUBLE).withNullable(true);

  /** Below, each bin has one whole number at most. */
  private static final double WHOLE_BELOW = 50;

  private final boolean floating;

  /** A power of ten below 10^19 is a double. */
  private final double unit;

  private final Histogram read = new Histogram();

  HistogramAggregate(ColumnType argument) {
    super(Histogram.class);
    floating = argument.kind().storage() == Kind.Storage.DOUBLE;
    unit = BigDecimal.TEN.pow(argument.scale()).doubleValue();
  }

  @Override
  String storedDoc() {
    return "How many values lie in each bin of 2 %, and the least and the greatest;"
        + " null where no value was added.";
  }

  @Override
  Histogram start() {
    return new Histogram();
  }

  @Override
  void add(Histogram state, Row row, int slot) {
    double value = floating ? row.doubles[slot] : row.longs[slot] / unit;
    Fixed128.requireFinite(value);
    state.add(value);
  }

  @Override
  void merge(Histogram state, Histogram other) {
    state.add(other);
  }

  @Override
  void read(Histogram state, ByteCursor encoded, int end) {
    read.read(encoded, end);
    state.add(read);
  }

  @Override
  void write(Histogram state, ByteBuilder out) {
    state.write(out);
  }

  @Override
  Result result(ResultSettings settings) {
    BigDecimal share = settings.parameters().get(0);
    return new Result(
        DOUBLE,
        (states, word, object, row, slot) -> {
          Histogram state = state(states, object);
          if (state == null) {
            row.setNull(slot);
          } else {
            row.setDouble(slot, whole(state.percentile(share)));
          }
        });
  }

  /** Exact numbers are multiples of a unit, which tells small ones from their bin. */
  private double whole(double value) {
    double units = value * unit;
    return floating || Math.abs(units) >= WHOLE_BELOW ? value : Math.rint(units) / unit;
  }
}
