package io.millrace.row;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads binary Avro records of one row type into the slots of a layout that has the same names;
 * columns that the layout lacks, or that are not wanted, are skipped. Not thread-safe.
 */
public final class RowDecoder {
  private static final int SKIP = -1;

  private final ColumnType[] types;
  private final int[] slots;
  private final ByteCursor cursor = new ByteCursor();

  /**
   * @param written the columns of the encoded records, in their order
   * @param layout the columns of the row to fill
   * @param wanted those to read; all others keep what the row has
   */
  public RowDecoder(RowType written, RowType layout, Collection<String> wanted) {
    Set<String> names = new HashSet<>(wanted);
    types = written.columns().stream().map(Column::type).toArray(ColumnType[]::new);
    slots =
        written.columns().stream()
            .mapToInt(
                c ->
                    names.contains(c.name()) && layout.has(c.name()) ? layout.slot(c.name()) : SKIP)
            .toArray();
  }

  public RowDecoder(RowType written) {
    this(written, written, written.names());
  }

  /** Decodes one record that fills the slice; text is copied into the row. */
  public void decode(byte[] source, int offset, int length, Row row) {
    int start = row.load(source, offset, length);
    cursor.reset(row.bytes, start, length);
    for (int i = 0; i < types.length; i++) {
      decodeColumn(types[i], slots[i], row);
    }
  }

  private void decodeColumn(ColumnType type, int slot, Row row) {
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
      case DECIMAL -> putLong(row, slot, readDecimal());
      case STRING -> {
        int length = cursor.readLength();
        int at = cursor.advance(length);
        if (slot != SKIP) {
          row.setSlice(slot, at, length);
        }
      }
    }
  }

  private long readDecimal() {
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
