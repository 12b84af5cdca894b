package io.millrace.aggregate;

import io.millrace.expression.runtime.Decimals;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.math.BigInteger;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A sum in which a value counts half for each half-life that lies between its event time and the
 * end of the window. Of an event day the terms are weighted to the end of that day, rounded, and
 * summed exactly. Days are then weighted to the end of the window: the products are summed exactly
 * too, so that neither the order of the records nor that of the days shows. Rounded at the end.
 */
final class DecayedSum extends Aggregate {
  private static final int MICROS_PER_MILLI = 1000;

  /** Of more half-lives than this, nothing is left in a double. */
  private static final int MAX_HALVINGS = 1100;

  private final String label;
  private final ColumnType argument;
  private final long halfLifeMicros;

  /** The terms of event days that end where the state does. */
  private final Sum sum;

  private long lastAge;
  private double lastWeight = 1;

  DecayedSum(String label, ColumnType argument, ColumnType resultType, long halfLifeMillis) {
    this.label = label;
    this.argument = argument;
    halfLifeMicros = Math.multiplyExact(halfLifeMillis, MICROS_PER_MILLI);
    sum = new Sum(label, resultType, resultType);
  }

  @Override
  public Schema storedSchema() {
    return sum.storedSchema();
  }

  @Override
  String storedDoc() {
    return "The sum of the values as DOUBLE, each times 2^-(time to the end of the event day, by the"
        + " half-life) and rounded, in the form of SUM; null where no value was added.";
  }

  @Override
  int words() {
    return sum.words();
  }

  /** That of the sum, and the exact sum of older days where there are any. */
  @Override
  int objects() {
    return sum.objects() + 1;
  }

  @Override
  boolean needsAge() {
    return true;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    double value =
        switch (argument.kind().storage()) {
          case DOUBLE -> row.doubles[slot];
          default ->
              argument.kind() == Kind.DECIMAL
                  ? Decimals.toDouble(row.longs[slot], argument.scale())
                  : (double) row.longs[slot];
        };
    sum.add(states, word, object, value * weight(states.ageMicros));
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    sum.merge(states, word, object, from, fromWord, fromObject);
    addOlder(states, object, older(from, fromObject));
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (states.ageMicros == 0) {
      sum.merge(states, word, object, encoded);
    } else if (readBranch(encoded)) {
      double weight = weight(states.ageMicros);
      Dyadic factor = new Dyadic(BigInteger.valueOf(Sum.significand(weight)), Sum.exponent(weight));
      addOlder(states, object, Dyadic.read(encoded).times(factor));
    }
  }

  private void addOlder(GroupStates states, int object, @Nullable Dyadic more) {
    if (more != null) {
      Dyadic older = older(states, object);
      states.objects[object + sum.objects()] = older == null ? more : older.plus(more);
    }
  }

  private @Nullable Dyadic older(GroupStates states, int object) {
    return (Dyadic) states.objects[object + sum.objects()];
  }

  /** 2^-(age by half-life), within two units in the last place. */
  private double weight(long ageMicros) {
    if (ageMicros != lastAge) {
      long halvings = ageMicros / halfLifeMicros;
      double rest = (double) (ageMicros % halfLifeMicros) / halfLifeMicros;
      lastAge = ageMicros;
      lastWeight = Math.scalb(StrictMath.pow(2, -rest), (int) -Math.min(halvings, MAX_HALVINGS));
    }
    return lastWeight;
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    if (older(states, object) != null) {
      throw new IllegalStateException(
          "Cannot store " + label + ": it was weighted to the end of a window already");
    }
    sum.encode(states, word, object, out);
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(
        Aggregates.DOUBLE,
        (states, word, object, row, slot) -> {
          Dyadic older = older(states, object);
          if (older == null && sum.isEmpty(states, word, object)) {
            row.setNull(slot);
            return;
          }
          Dyadic exact = sum.exact(states, word, object);
          double value = (older == null ? exact : exact.plus(older)).dividedBy(BigInteger.ONE);
          if (Double.isInfinite(value)) {
            throw new ArithmeticException(
                label + " is beyond the largest DOUBLE: sum the values divided by 1e10, say");
          }
          row.setDouble(slot, value);
        });
  }
}
