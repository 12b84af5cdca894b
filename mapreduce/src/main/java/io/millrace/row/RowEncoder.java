package io.millrace.row;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes chosen slots of a row as the fields of one binary Avro record, in the order given. Not
 * thread-safe.
 */
public final class RowEncoder {
  /** More than any value takes that is not text: a branch and a decimal behind its length. */
  private static final int MOST_BYTES = 12;

  private final int[] slots;
  private final Kind[] kinds;
  private final boolean[] nullable;
  private final int[] textSlots;

  /**
   * @param layout the row's columns
   * @param columns those to write
   */
  public RowEncoder(RowType layout, List<String> columns) {
    slots = layout.slots(columns);
    kinds = new Kind[slots.length];
    nullable = new boolean[slots.length];
    for (int i = 0; i < slots.length; i++) {
      ColumnType type = layout.columns().get(slots[i]).type();
      kinds[i] = type.kind();
      nullable[i] = type.nullable();
    }
    textSlots =
        IntStream.range(0, slots.length)
            .filter(i -> kinds[i] == Kind.STRING)
            .map(i -> slots[i])
            .toArray();
  }

  public RowEncoder(RowType layout) {
    this(layout, layout.names());
  }

  /**
   * Appends the record. A null in a column that is not nullable throws: whoever filled the row has
   * checked.
   */
  public void encode(Row row, ByteBuilder out) {
    byte[] array = out.room(mostBytes(row));
    int at = out.length();
    for (int i = 0; i < slots.length; i++) {
      int slot = slots[i];
      if (nullable[i]) {
        boolean isNull = row.nulls[slot];
        array[at++] = (byte) (isNull ? 0 : 2);
        if (isNull) {
          continue;
        }
      } else if (row.nulls[slot]) {
        throw new IllegalStateException(
            "Cannot write NULL into column " + i + ": it is not nullable");
      }
      switch (kinds[i]) {
        case BOOLEAN -> array[at++] = (byte) row.longs[slot];
        case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
            at = Binary.putVarint(array, at, row.longs[slot]);
        case FLOAT -> at = Binary.putFloat(array, at, (float) row.doubles[slot]);
        case DOUBLE -> at = Binary.putDouble(array, at, row.doubles[slot]);
        case DECIMAL -> at = Binary.putDecimal(array, at, row.longs[slot]);
        case STRING -> {
          int length = row.lengths[slot];
          at = Binary.putVarint(array, at, length);
          Binary.copy(row.bytes, row.offsets[slot], array, at, length);
          at += length;
        }
      }
    }
    out.truncate(at);
  }

  /** As many bytes as the record can have, and some that copying writes over. */
  private int mostBytes(Row row) {
    long most = (long) slots.length * MOST_BYTES + Binary.COPIED_OVER;
    for (int slot : textSlots) {
      most += row.nulls[slot] ? 0 : row.lengths[slot];
    }
    return Math.toIntExact(most);
  }
}
