package io.millrace.row;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.JsonProperties;

/** Fills a column that a file or a record lacks with the default of its schema. */
public final class ColumnDefault {
  private final int slot;
  private final boolean isNull;
  private final byte[] text;
  private final long whole;
  private final double floating;
  private final Column column;

  /**
   * What stands in for a column: its default, NULL where it may be NULL, else nothing.
   *
   * @param slot that is filled
   */
  static Optional<ColumnDefault> of(Column column, int slot) {
    Object value = column.defaultValue();
    if (value != null) {
      return Optional.of(new ColumnDefault(column, value, slot));
    }
    return column.type().nullable()
        ? Optional.of(new ColumnDefault(column, JsonProperties.NULL_VALUE, slot))
        : Optional.empty();
  }

  /**
   * The default of a column that has one.
   *
   * @param slot that is filled
   */
  public static ColumnDefault written(Column column, int slot) {
    return new ColumnDefault(column, Objects.requireNonNull(column.defaultValue()), slot);
  }

  /**
   * @param value the column's default as Avro has it
   */
  private ColumnDefault(Column column, Object value, int slot) {
    this.column = column;
    this.slot = slot;
    isNull = value == JsonProperties.NULL_VALUE;
    text = value instanceof String string ? string.getBytes(StandardCharsets.UTF_8) : new byte[0];
    floating = value instanceof Number number ? number.doubleValue() + 0.0 : 0;
    whole = whole(value);
  }

  private static long whole(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof byte[] unscaled) {
      return new BigInteger(unscaled).longValueExact();
    }
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** Puts the default into its slot. */
  public void fill(Row row) {
    if (isNull) {
      row.setNull(slot);
      return;
    }
    switch (column.type().kind().storage()) {
      case LONG -> row.setLong(slot, whole);
      case DOUBLE -> row.setDouble(slot, floating);
      case SLICE -> {
        int start = row.allocate(text.length);
        System.arraycopy(text, 0, row.bytes, start, text.length);
        row.setSlice(slot, start, text.length);
      }
    }
  }
}
