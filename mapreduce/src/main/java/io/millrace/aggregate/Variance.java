package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.math.BigInteger;
import org.apache.avro.Schema;

/**
 * VARIANCE, STDDEV and what else follows from count, sum and sum of squares. All three are exact,
 * so that variance is {@code (n Σx² - (Σx)²) / (n (n - 1))} without cancellation, rounded once.
 */
final class Variance extends Aggregate {
  private static final int SUM_WORD = 1;
  private static final int SUM_WORDS = 2;
  private static final int SQUARES_WORD = SUM_WORD + SUM_WORDS;

  private final ColumnType argument;
  private final boolean floating;
  private final Sum sum;
  private final SquareSum squares;
  private final ByteBuilder body = new ByteBuilder();

  Variance(String label, ColumnType argument, ColumnType resultType) {
    this.argument = argument;
    floating = argument.kind().storage() == Kind.Storage.DOUBLE;
    sum = new Sum(label, argument, resultType);
    squares = new SquareSum(floating);
  }

  @Override
  public Schema storedSchema() {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.BYTES));
  }

  @Override
  String storedDoc() {
    return ("The count as an Avro long, the exact sum and the exact sum of squares%s, both as bytes"
            + " in the form of SUM; null where no value was added.")
        .formatted(argument.kind() == Kind.DECIMAL ? " of the unscaled values" : "");
  }

  @Override
  int words() {
    return SQUARES_WORD + SquareSum.WORDS;
  }

  @Override
  int objects() {
    return sum.objects() + squares.objects();
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    sum.add(states, word + SUM_WORD, object, row, slot);
    states.words[word]++;
    if (floating) {
      double value = row.doubles[slot];
      squares.add(
          states,
          word + SQUARES_WORD,
          object + sum.objects(),
          Sum.significand(value),
          Sum.exponent(value));
    } else {
      squares.add(states, word + SQUARES_WORD, object + sum.objects(), row.longs[slot], 0);
    }
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    states.words[word] += from.words[fromWord];
    sum.merge(states, word + SUM_WORD, object, from, fromWord + SUM_WORD, fromObject);
    squares.merge(
        states,
        word + SQUARES_WORD,
        object + sum.objects(),
        from,
        fromWord + SQUARES_WORD,
        fromObject + sum.objects());
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (readBranch(encoded)) {
      encoded.readLength();
      states.words[word] += encoded.readVarint();
      sum.mergeSum(states, word + SUM_WORD, object, encoded);
      squares.merge(states, word + SQUARES_WORD, object + sum.objects(), encoded);
    }
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    if (states.words[word] == 0) {
      out.putByte(NULL_BRANCH);
      return;
    }
    body.clear().putVarint(states.words[word]);
    sum.encodeSum(states, word + SUM_WORD, object, body);
    squares.encode(states, word + SQUARES_WORD, object + sum.objects(), body);
    out.putByte(VALUE_BRANCH).putSlice(body.array(), 0, body.length());
  }

  @Override
  Result result(ResultSettings settings) {
    return switch (settings.function()) {
      case VARIANCE, VAR_SAMP -> result(settings.label(), 1, false);
      case VAR_POP -> result(settings.label(), 0, false);
      case STDDEV, STDDEV_SAMP -> result(settings.label(), 1, true);
      case STDDEV_POP -> result(settings.label(), 0, true);
      default -> throw new IllegalArgumentException("Cannot finish " + settings.function());
    };
  }

  /**
   * @param less what the count is diminished by: 1 of a sample, 0 of all there is
   */
  private Result result(String label, int less, boolean root) {
    return new Result(
        Aggregates.DOUBLE,
        (states, word, object, row, slot) -> {
          long count = states.words[word];
          if (count <= less) {
            row.setNull(slot);
            return;
          }
          Dyadic total = sum.exact(states, word + SUM_WORD, object);
          Dyadic dividend =
              squares
                  .exact(states, word + SQUARES_WORD, object + sum.objects())
                  .times(count)
                  .minus(total.times(total));
          BigInteger divisor =
              BigInteger.valueOf(count)
                  .multiply(BigInteger.valueOf(count - less))
                  .multiply(BigInteger.TEN.pow(2 * argument.scale()));
          double value = root ? dividend.rootOfDividedBy(divisor) : dividend.dividedBy(divisor);
          if (Double.isInfinite(value)) {
            throw new ArithmeticException(
                label + " is beyond the largest DOUBLE: take it of the values divided by 1e200");
          }
          row.setDouble(slot, value);
        });
  }
}
