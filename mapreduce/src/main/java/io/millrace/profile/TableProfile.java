package io.millrace.profile;

import io.millrace.avro.ColumnProfile;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.List;

/** The profile of rows of one type, column by column. Not thread-safe. */
public final class TableProfile {
  private static final ColumnType LENGTH = ColumnType.of(Kind.LONG);

  private final List<ColumnSummary> columns = new ArrayList<>();
  private final Row row;
  private final RowDecoder decoder;

  /** Slots of text columns, and behind all columns those of the texts' lengths. */
  private final int[] textSlots;

  private final int firstLength;
  private long rows;

  public TableProfile(RowType type) {
    firstLength = type.size();
    textSlots =
        type.columns().stream()
            .filter(column -> column.type().kind() == Kind.STRING)
            .mapToInt(column -> type.slot(column.name()))
            .toArray();
    List<Column> lengths = new ArrayList<>();
    for (int slot : textSlots) {
      lengths.add(new Column("length of " + type.columns().get(slot).name(), LENGTH));
    }
    RowType layout = type.with(type.name(), lengths);
    row = new Row(layout.size());
    decoder = new RowDecoder(type, layout, type.names());
    int length = firstLength;
    for (Column column : type.columns()) {
      boolean isText = column.type().kind() == Kind.STRING;
      columns.add(
          new ColumnSummary(
              column.name(), column.type(), type.slot(column.name()), isText ? length++ : 0));
    }
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  /** Adds an encoded row. */
  public void add(byte[] source, int offset, int length) {
    decoder.decode(source, offset, length, row);
    for (int i = 0; i < textSlots.length; i++) {
      int slot = textSlots[i];
      if (row.nulls[slot]) {
        row.setNull(firstLength + i);
      } else {
        row.setLong(
            firstLength + i, characters(row.bytes, row.offsets[slot], row.lengths[slot]));
      }
    }
    for (ColumnSummary column : columns) {
      column.add(row);
    }
    rows++;
  }

  /** Appends what {@link #merge} reads. */
  public void write(ByteBuilder out) {
    out.putVarint(rows);
    columns.forEach(column -> column.write(out));
  }

  /** Adds a profile of rows of the same type that was written. */
  public void merge(ByteCursor encoded) {
    rows += encoded.readVarint();
    columns.forEach(column -> column.merge(encoded));
  }

  /** What is stored: one record a column. */
  public List<ColumnProfile> records() {
    return columns.stream().map(ColumnSummary::record).toList();
  }

  /** Code points of UTF-8: all bytes but those that continue one. */
  private static long characters(byte[] utf8, int offset, int length) {
    int characters = 0;
    for (int i = offset; i < offset + length; i++) {
      characters += (utf8[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return characters;
  }
}
