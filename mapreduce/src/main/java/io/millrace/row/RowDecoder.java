package io.millrace.row;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Reads binary Avro records of one row type into the slots of a layout, as {@link RowResolution}
 * finds them. Columns that the layout lacks, or that are not wanted, are skipped. Not thread-safe.
 */
public final class RowDecoder {
  private static final int SKIP = FieldPlan.SKIP;
  private static final long MICROS_PER_MILLI = 1000;

  private final ColumnType[] types;
  private final int[] slots;
  private final Widening[] widenings;
  private final boolean widens;
  private final ColumnDefault[] absent;
  private final FieldPlan plan;
  private final ByteCursor own = new ByteCursor();

  /**
   * @param written the columns of the encoded records, in their order
   * @param layout the columns of the row to fill
   * @param wanted those to read; all others keep what the row has
   * @throws IllegalArgumentException where one cannot be read as the layout has it
   */
  public RowDecoder(RowType written, RowType layout, Collection<String> wanted) {
    RowResolution resolution = new RowResolution(written, layout, wanted);
    List<String> problems = resolution.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read records of %s: %s".formatted(written.name(), String.join("; ", problems)));
    }
    types = written.columns().stream().map(Column::type).toArray(ColumnType[]::new);
    slots = new int[types.length];
    widenings = new Widening[types.length];
    Arrays.fill(slots, SKIP);
    Arrays.fill(widenings, Widening.NONE);
    resolution
        .fields()
        .forEach(
            (number, read) -> {
              slots[number] = layout.slot(read.column());
              widenings[number] = read.widening();
            });
    widens = !Arrays.stream(widenings).allMatch(Widening.NONE::equals);
    absent = resolution.defaults().toArray(ColumnDefault[]::new);
    plan = new FieldPlan(types, slots);
  }

  public RowDecoder(RowType written) {
    this(written, written, written.names());
  }

  /** Decodes the one record that fills the slice, which is copied into the row. */
  public void decode(byte[] source, int offset, int length, Row row) {
    int start = row.load(source, offset, length);
    decode(own.reset(row.bytes, start, length), row);
  }

  /**
   * Decodes the record at the cursor and leaves the cursor behind it. The cursor reads from the
   * row's own buffer, so that text stays where it is: load a whole block into the row, then decode
   * its records one by one.
   */
  public void decode(ByteCursor cursor, Row row) {
    if (!plan.decode(cursor, row)) {
      decodeColumns(cursor, row);
    }
    if (widens) {
      for (int i = 0; i < types.length; i++) {
        widen(widenings[i], slots[i], row);
      }
    }
    for (ColumnDefault each : absent) {
      each.fill(row);
    }
  }

  /** Reads field after field with all checks: what the plan leaves alone, and what is wrong. */
  void decodeColumns(ByteCursor cursor, Row row) {
    for (int i = 0; i < types.length; i++) {
      decodeColumn(cursor, types[i], slots[i], row);
    }
  }

  private static void decodeColumn(ByteCursor cursor, ColumnType type, int slot, Row row) {
    // Millrace writes null as the first branch of a union
    if (type.nullable() && cursor.readVarint() == 0) {
      if (slot != SKIP) {
        row.setNull(slot);
      }
      return;
    }
    switch (type.kind()) {
      case BOOLEAN -> putLong(row, slot, cursor.readByte());
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          putLong(row, slot, cursor.readVarint());
      case FLOAT -> putDouble(row, slot, cursor.readFloat());
      case DOUBLE -> putDouble(row, slot, cursor.readDouble());
      case DECIMAL -> putLong(row, slot, readDecimal(cursor));
      case STRING -> {
        int length = cursor.readLength();
        int at = cursor.advance(length);
        if (slot != SKIP) {
          row.setSlice(slot, at, length);
        }
      }
    }
  }

  private static void widen(Widening widening, int slot, Row row) {
    if (widening == Widening.NONE || row.nulls[slot]) {
      return;
    }
    switch (widening) {
      case NONE -> {}
      case TO_DOUBLE -> row.setDouble(slot, (double) row.longs[slot]);
      case TO_FLOAT -> row.setDouble(slot, (float) row.longs[slot]);
      case MILLIS_TO_MICROS ->
          row.setLong(slot, Math.multiplyExact(row.longs[slot], MICROS_PER_MILLI));
    }
  }

  private static long readDecimal(ByteCursor cursor) {
    int length = cursor.readLength();
    long unscaled = 0;
    for (int i = 0; i < length; i++) {
      byte next = cursor.readByte();
      unscaled = i == 0 ? next : unscaled << 8 | (next & 0xFF);
    }
    return unscaled;
  }

  private static void putLong(Row row, int slot, long value) {
    if (slot != SKIP) {
      row.setLong(slot, value);
    }
  }

  private static void putDouble(Row row, int slot, double value) {
    if (slot != SKIP) {
      row.setDouble(slot, value);
    }
  }
}
