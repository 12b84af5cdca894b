package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * SUM: exact, whatever the order, and rounded once at the end. A state is a 128-bit number in two
 * words; floating-point values that are too small or too large for it, or for their sum, make it a
 * {@link WideSum} in an object.
 *
 * <p>The stored form is unique for a number: no bytes for zero, else the Avro int {@code e} and an
 * odd big-endian two's complement integer {@code m} of as few bytes as hold it, for {@code m *
 * 2^e}.
 */
final class Sum extends Aggregate {
  /** Holds, without rounding, all doubles from 4e-9 on, and sums below 7e13. */
  private static final int FLOATING_UNIT = -80;

  private static final int MAX_FIXED_BYTES = 16;
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT_BIAS = 1075;
  private static final long MAX_DECIMAL = 999_999_999_999_999_999L;

  private final String label;
  private final ColumnType argument;
  private final ColumnType resultType;
  private final boolean floating;

  /** The words count units of 2^unit. */
  private final int unit;

  private final Fixed128 sum = new Fixed128();
  private final Fixed128 term = new Fixed128();

  Sum(String label, ColumnType argument, ColumnType resultType) {
    this.label = label;
    this.argument = argument;
    this.resultType = resultType;
    floating = argument.kind().storage() == Kind.Storage.DOUBLE;
    unit = floating ? FLOATING_UNIT : 0;
  }

  @Override
  public Schema storedSchema() {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.BYTES));
  }

  @Override
  String storedDoc() {
    return ("The exact sum%s: empty for zero, else an Avro int e and an odd big-endian two's"
            + " complement integer m of as few bytes as hold it, for m * 2^e; null where no value"
            + " was added.")
        .formatted(argument.kind() == Kind.DECIMAL ? " of the unscaled values" : "");
  }

  @Override
  int words() {
    return 2;
  }

  @Override
  int objects() {
    return floating ? 1 : 0;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    if (!floating) {
      term.set(row.longs[slot]);
      addTerm(states, word, object, 0);
      return;
    }
    add(states, word, object, row.doubles[slot]);
  }

  void add(GroupStates states, int word, int object, double value) {
    Fixed128.requireFinite(value);
    term.set(significand(value));
    addTerm(states, word, object, exponent(value));
  }

  /** The whole number that a finite double is when it counts units of {@link #exponent}. */
  static long significand(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & FRACTION;
    long magnitude = biasedExponent(bits) == 0 ? fraction : fraction | FRACTION + 1;
    return bits < 0 ? -magnitude : magnitude;
  }

  static int exponent(double value) {
    int biased = biasedExponent(Double.doubleToRawLongBits(value));
    // subnormal numbers have the exponent of the smallest others
    return Math.max(1, biased) - EXPONENT_BIAS;
  }

  private static int biasedExponent(long bits) {
    return (int) (bits >>> FRACTION_BITS) & 0x7FF;
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    WideSum other = wide(from, fromObject);
    if (other != null) {
      widen(states, word, object).add(other);
    } else if (from.words[fromWord] != 0) {
      term.set(from.words[fromWord] ^ Long.MIN_VALUE, from.words[fromWord + 1]);
      addTerm(states, word, object, unit);
    }
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (readBranch(encoded)) {
      mergeSum(states, word, object, encoded);
    }
  }

  /** Adds an encoded sum that is not null. */
  void mergeSum(GroupStates states, int word, int object, ByteCursor encoded) {
    int length = encoded.readLength();
    int end = encoded.position() + length;
    int exponent = length == 0 ? unit : Math.toIntExact(encoded.readVarint());
    int mantissaLength = end - encoded.position();
    int mantissa = encoded.advance(mantissaLength);
    if (mantissaLength <= MAX_FIXED_BYTES) {
      term.read(encoded.array(), mantissa, mantissaLength);
      addTerm(states, word, object, exponent);
    } else {
      widen(states, word, object).add(encoded.array(), mantissa, mantissaLength, exponent);
    }
  }

  /** Adds {@code term * 2^exponent}. */
  private void addTerm(GroupStates states, int word, int object, int exponent) {
    WideSum wide = wide(states, object);
    if (wide != null) {
      wide.add(term, exponent);
      return;
    }
    int shift = exponent - unit;
    if (!(shift >= 0 ? term.shiftLeft(shift) : term.shiftRightExactly(-shift))) {
      widen(states, word, object).add(term, exponent);
      return;
    }
    load(states, word);
    if (sum.add(term)) {
      states.words[word] = sum.high ^ Long.MIN_VALUE;
      states.words[word + 1] = sum.low;
    } else {
      widen(states, word, object).add(term, unit);
    }
  }

  /** The state's wide sum; made of its words where it has none yet. */
  private WideSum widen(GroupStates states, int word, int object) {
    WideSum wide = wide(states, object);
    if (wide == null) {
      if (!floating) {
        throw new IllegalArgumentException(
            "Cannot add to %s: its state is beyond 126 bits, which no number of records makes"
                .formatted(label));
      }
      wide = WideSum.ofDoubles();
      Fixed128 narrow = new Fixed128();
      if (states.words[word] != 0) {
        narrow.set(states.words[word] ^ Long.MIN_VALUE, states.words[word + 1]);
        wide.add(narrow, unit);
      }
      states.objects[object] = wide;
      states.held(wide.bytes());
    }
    return wide;
  }

  private @Nullable WideSum wide(GroupStates states, int object) {
    return floating ? (WideSum) states.objects[object] : null;
  }

  /** Sets {@link #sum} to what the words hold; false where nothing was added. */
  private boolean load(GroupStates states, int word) {
    if (states.words[word] == 0) {
      sum.set(0);
      return false;
    }
    sum.set(states.words[word] ^ Long.MIN_VALUE, states.words[word + 1]);
    return true;
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    if (isEmpty(states, word, object)) {
      out.putByte(NULL_BRANCH);
    } else {
      encodeSum(states, word, object, out.putByte(VALUE_BRANCH));
    }
  }

  /** Appends a sum that is not null. */
  void encodeSum(GroupStates states, int word, int object, ByteBuilder out) {
    WideSum wide = wide(states, object);
    if (wide != null) {
      wide.toDyadic().write(out);
    } else {
      load(states, word);
      sum.write(unit, out);
    }
  }

  boolean isEmpty(GroupStates states, int word, int object) {
    return wide(states, object) == null && !load(states, word);
  }

  /** The sum as it is, of decimals that of the unscaled values; 0 where nothing was added. */
  Dyadic exact(GroupStates states, int word, int object) {
    WideSum wide = wide(states, object);
    if (wide != null) {
      return wide.toDyadic();
    }
    load(states, word);
    return new Dyadic(sum.toBigInteger(), unit);
  }

  /** The double nearest to a sum of floating-point numbers; infinite beyond the largest. */
  double nearest(GroupStates states, int word, int object) {
    WideSum wide = wide(states, object);
    if (wide != null) {
      return wide.toDyadic().dividedBy(BigInteger.ONE);
    }
    load(states, word);
    return sum.toDouble(unit);
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(resultType, this::finish);
  }

  private void finish(GroupStates states, int word, int object, Row row, int slot) {
    WideSum wide = wide(states, object);
    if (wide == null && !load(states, word)) {
      row.setNull(slot);
      return;
    }
    if (resultType.kind() == Kind.DOUBLE) {
      row.setDouble(slot, wide == null ? narrowDouble() : wideDouble(wide));
      return;
    }
    if (!sum.isLong()
        || (resultType.kind() == Kind.DECIMAL
            && (sum.low > MAX_DECIMAL || sum.low < -MAX_DECIMAL))) {
      throw new ArithmeticException(
          "%s does not fit %s: it is %s; sum CAST(... AS DOUBLE) instead"
              .formatted(
                  label,
                  resultType.sqlName(),
                  new BigDecimal(sum.toBigInteger(), argument.scale()).toPlainString()));
    }
    row.setLong(slot, sum.low);
  }

  private double narrowDouble() {
    if (argument.scale() == 0) {
      return sum.toDouble(unit);
    }
    return new BigDecimal(sum.toBigInteger(), argument.scale()).doubleValue();
  }

  private double wideDouble(WideSum wide) {
    double result = wide.toDyadic().dividedBy(BigInteger.ONE);
    if (Double.isInfinite(result)) {
      throw new ArithmeticException(
          label + " is beyond the largest DOUBLE: sum the values divided by 1e10, say");
    }
    return result;
  }
}
