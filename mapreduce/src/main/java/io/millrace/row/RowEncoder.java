package io.millrace.row;

import java.math.BigInteger;
import java.util.List;

/**
 * Writes chosen slots of a row as the fields of one binary Avro record, in the order given. Not
 * thread-safe.
 */
public final class RowEncoder {
  private final int[] slots;
  private final ColumnType[] types;

  /**
   * @param layout the row's columns
   * @param columns those to write
   */
  public RowEncoder(RowType layout, List<String> columns) {
    slots = layout.slots(columns);
    types = columns.stream().map(name -> layout.column(name).type()).toArray(ColumnType[]::new);
  }

  public RowEncoder(RowType layout) {
    this(layout, layout.names());
  }

  /**
   * Appends the record. A null in a column that is not nullable throws: whoever filled the row has
   * checked.
   */
  public void encode(Row row, ByteBuilder out) {
    for (int i = 0; i < slots.length; i++) {
      int slot = slots[i];
      ColumnType type = types[i];
      if (type.nullable()) {
        if (row.nulls[slot]) {
          out.putByte(0);
          continue;
        }
        out.putByte(2);
      } else if (row.nulls[slot]) {
        throw new IllegalStateException(
            "Cannot write NULL into column " + i + ": it is not nullable");
      }
      switch (type.kind()) {
        case BOOLEAN -> out.putByte((int) row.longs[slot]);
        case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> out.putVarint(row.longs[slot]);
        case FLOAT -> out.putFloat((float) row.doubles[slot]);
        case DOUBLE -> out.putDouble(row.doubles[slot]);
        case DECIMAL -> putDecimal(out, row.longs[slot]);
        case STRING -> out.putSlice(row.bytes, row.offsets[slot], row.lengths[slot]);
      }
    }
  }

  private static void putDecimal(ByteBuilder out, long unscaled) {
    byte[] twosComplement = BigInteger.valueOf(unscaled).toByteArray();
    out.putSlice(twosComplement, 0, twosComplement.length);
  }
}
