package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.XxHash64;

/**
 * Values of a type as bytes whose unsigned order is that of the values, and which are equal where
 * the values are: text is its UTF-8, numbers take eight bytes. Zeros of both signs are one value.
 * Not thread-safe.
 */
public final class ValueForm {
  private final Kind kind;
  private final ByteBuilder bytes = new ByteBuilder(Long.BYTES);
  private final ByteCursor cursor = new ByteCursor();
  private byte[] array = new byte[0];
  private int offset;
  private int length;
  private long previous;

  public ValueForm(ColumnType type) {
    kind = type.kind();
  }

  boolean isText() {
    return kind == Kind.STRING;
  }

  /** Takes the value of a slot, which {@link #array()} then has until the next call. */
  public void take(Row row, int slot) {
    switch (kind.storage()) {
      case SLICE -> set(row.bytes, row.offsets[slot], row.lengths[slot]);
      case LONG -> setNumber(row.longs[slot]);
      case DOUBLE -> {
        double value = row.doubles[slot];
        Fixed128.requireFinite(value);
        setNumber(orderedBits(value));
      }
    }
  }

  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /**
   * XXH64 of the value of a slot: of text's UTF-8, of any other's eight bytes as a little-endian
   * long (DECIMAL: the unscaled value) or IEEE 754 double.
   */
  long hash(Row row, int slot) {
    return switch (kind.storage()) {
      case SLICE -> XxHash64.hash(row.bytes, row.offsets[slot], row.lengths[slot]);
      case LONG -> XxHash64.hash(row.longs[slot]);
      case DOUBLE -> {
        double value = row.doubles[slot];
        Fixed128.requireFinite(value);
        yield XxHash64.hash(Double.doubleToRawLongBits(value + 0.0));
      }
    };
  }

  /** The same of a value in its form. */
  public long hash(byte[] source, int start, int count) {
    return switch (kind.storage()) {
      case SLICE -> XxHash64.hash(source, start, count);
      case LONG -> XxHash64.hash(number(source, start));
      case DOUBLE ->
          XxHash64.hash(Double.doubleToRawLongBits(ofOrderedBits(number(source, start))));
    };
  }

  /** Puts a value back into a slot. */
  public void put(byte[] source, int start, int count, Row row, int slot) {
    switch (kind.storage()) {
      case SLICE -> {
        int at = row.allocate(count);
        System.arraycopy(source, start, row.bytes, at, count);
        row.setSlice(slot, at, count);
      }
      case LONG -> row.setLong(slot, number(source, start));
      case DOUBLE -> row.setDouble(slot, ofOrderedBits(number(source, start)));
    }
  }

  /** The values that are written or read from now on make a list. */
  void startList() {
    previous = 0;
  }

  /**
   * Appends a value to a list: text as Avro string, REAL and DOUBLE as Avro float and double, all
   * else as an Avro long, of which the one before is subtracted.
   */
  void write(byte[] source, int start, int count, ByteBuilder out) {
    switch (kind) {
      case STRING -> out.putSlice(source, start, count);
      case FLOAT -> out.putFloat((float) ofOrderedBits(number(source, start)));
      case DOUBLE -> out.putDouble(ofOrderedBits(number(source, start)));
      case BOOLEAN, INT, LONG, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> {
        long number = number(source, start);
        out.putVarint(number - previous);
        previous = number;
      }
    }
  }

  /** Takes the next value of a list that was written. */
  void read(ByteCursor encoded) {
    switch (kind) {
      case STRING -> {
        int count = encoded.readLength();
        set(encoded.array(), encoded.advance(count), count);
      }
      case FLOAT -> setNumber(orderedBits(encoded.readFloat()));
      case DOUBLE -> setNumber(orderedBits(encoded.readDouble()));
      case BOOLEAN, INT, LONG, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> {
        previous += encoded.readVarint();
        setNumber(previous);
      }
    }
  }

  private void set(byte[] source, int start, int count) {
    array = source;
    offset = start;
    length = count;
  }

  private void setNumber(long number) {
    bytes.clear().putBigEndian(number ^ Long.MIN_VALUE);
    set(bytes.array(), 0, Long.BYTES);
  }

  private long number(byte[] source, int start) {
    return cursor.reset(source, start, Long.BYTES).readBigEndian() ^ Long.MIN_VALUE;
  }

  private static long orderedBits(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  private static double ofOrderedBits(long ordered) {
    return Double.longBitsToDouble(ordered ^ (ordered >> 63 & Long.MAX_VALUE));
  }
}
