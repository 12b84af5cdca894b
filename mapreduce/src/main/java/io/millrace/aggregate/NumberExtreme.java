package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import org.apache.avro.Schema;

/**
 * MIN or MAX of anything but text. A state has two words: whether there is a value, and the value
 * as a long of the same order. Of floating-point zeros the negative one is the smaller.
 */
final class NumberExtreme extends Aggregate {
  private final ColumnType resultType;
  private final Kind kind;
  private final boolean greatest;

  NumberExtreme(ColumnType resultType, boolean greatest) {
    this.resultType = resultType;
    kind = resultType.kind();
    this.greatest = greatest;
  }

  @Override
  public Schema storedSchema() {
    return resultType.toAvro();
  }

  @Override
  String storedDoc() {
    return "The %s value; null where there is none.".formatted(greatest ? "greatest" : "least");
  }

  @Override
  int words() {
    return 2;
  }

  @Override
  int objects() {
    return 0;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    if (kind.storage() == Kind.Storage.DOUBLE) {
      double value = row.doubles[slot];
      Fixed128.requireFinite(value);
      addOrdered(states, word, ordered(Double.doubleToRawLongBits(value)));
    } else {
      addOrdered(states, word, row.longs[slot]);
    }
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    if (from.words[fromWord] != 0) {
      addOrdered(states, word, from.words[fromWord + 1]);
    }
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (!readBranch(encoded)) {
      return;
    }
    long value =
        switch (kind) {
          case BOOLEAN -> encoded.readByte();
          case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> encoded.readVarint();
          case FLOAT -> ordered(Double.doubleToRawLongBits(encoded.readFloat()));
          case DOUBLE -> ordered(Double.doubleToRawLongBits(encoded.readDouble()));
          case DECIMAL -> readDecimal(encoded);
          case STRING -> throw new AssertionError(kind);
        };
    addOrdered(states, word, value);
  }

  private void addOrdered(GroupStates states, int word, long value) {
    long[] words = states.words;
    if (words[word] == 0 || (greatest ? value > words[word + 1] : value < words[word + 1])) {
      words[word] = 1;
      words[word + 1] = value;
    }
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    if (states.words[word] == 0) {
      out.putByte(NULL_BRANCH);
      return;
    }
    out.putByte(VALUE_BRANCH);
    long value = states.words[word + 1];
    switch (kind) {
      case BOOLEAN -> out.putByte((int) value);
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> out.putVarint(value);
      case FLOAT -> out.putFloat((float) Double.longBitsToDouble(ordered(value)));
      case DOUBLE -> out.putDouble(Double.longBitsToDouble(ordered(value)));
      case DECIMAL -> putDecimal(value, out);
      case STRING -> throw new AssertionError(kind);
    }
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(resultType, this::finish);
  }

  private void finish(GroupStates states, int word, int object, Row row, int slot) {
    long value = states.words[word + 1];
    if (states.words[word] == 0) {
      row.setNull(slot);
    } else if (kind.storage() == Kind.Storage.DOUBLE) {
      row.setDouble(slot, Double.longBitsToDouble(ordered(value)));
    } else {
      row.setLong(slot, value);
    }
  }

  /** Bits of a double to a long of the same order, and back. */
  private static long ordered(long bits) {
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /** Big-endian two's complement of as few bytes as hold it. */
  private static void putDecimal(long unscaled, ByteBuilder out) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(unscaled ^ unscaled >> 63);
    int length = bits / Byte.SIZE + 1;
    out.putVarint(length);
    for (int i = length - 1; i >= 0; i--) {
      out.putByte((int) (unscaled >> (i * Byte.SIZE)));
    }
  }

  private static long readDecimal(ByteCursor encoded) {
    int length = encoded.readLength();
    if (length < 1 || length > Long.BYTES) {
      throw new IllegalArgumentException(
          "Cannot read a state: a decimal of " + length + " bytes is not stored");
    }
    long unscaled = encoded.readByte();
    for (int i = 1; i < length; i++) {
      unscaled = unscaled << Byte.SIZE | (encoded.readByte() & 0xFF);
    }
    return unscaled;
  }
}
