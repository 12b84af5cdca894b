package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Kind;
import io.millrace.row.Row;

/**
 * Values of a kind that is not text as longs of the same order, and as Avro. Of floating-point
 * zeros the negative one is the smaller.
 */
final class OrderedNumber {
  private final Kind kind;

  OrderedNumber(Kind kind) {
    this.kind = kind;
  }

  /** The value of a slot, which is not NULL. */
  long of(Row row, int slot) {
    if (kind.storage() == Kind.Storage.DOUBLE) {
      double value = row.doubles[slot];
      Fixed128.requireFinite(value);
      return ordered(Double.doubleToRawLongBits(value));
    }
    return row.longs[slot];
  }

  void put(long value, Row row, int slot) {
    if (kind.storage() == Kind.Storage.DOUBLE) {
      row.setDouble(slot, Double.longBitsToDouble(ordered(value)));
    } else {
      row.setLong(slot, value);
    }
  }

  long read(ByteCursor encoded) {
    return switch (kind) {
      case BOOLEAN -> encoded.readByte();
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> encoded.readVarint();
      case FLOAT -> ordered(Double.doubleToRawLongBits(encoded.readFloat()));
      case DOUBLE -> ordered(Double.doubleToRawLongBits(encoded.readDouble()));
      case DECIMAL -> readDecimal(encoded);
      case STRING -> throw new AssertionError(kind);
    };
  }

  void write(long value, ByteBuilder out) {
    switch (kind) {
      case BOOLEAN -> out.putByte((int) value);
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> out.putVarint(value);
      case FLOAT -> out.putFloat((float) Double.longBitsToDouble(ordered(value)));
      case DOUBLE -> out.putDouble(Double.longBitsToDouble(ordered(value)));
      case DECIMAL -> putDecimal(value, out);
      case STRING -> throw new AssertionError(kind);
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
