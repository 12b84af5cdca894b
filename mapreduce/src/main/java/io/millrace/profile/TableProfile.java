package io.millrace.profile;

import io.millrace.avro.ColumnProfile;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.List;

/** The profile of rows of one type, column by column. Not thread-safe. */
public final class TableProfile {
  private final List<ColumnSummary> columns = new ArrayList<>();
  private final Row row;
  private final RowDecoder decoder;
  private long rows;

  public TableProfile(RowType type) {
    row = new Row(type.size());
    decoder = new RowDecoder(type);
    for (Column column : type.columns()) {
      columns.add(new ColumnSummary(column.name(), column.type(), type.slot(column.name())));
    }
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  /** Adds an encoded row. */
  public void add(byte[] source, int offset, int length) {
    decoder.decode(source, offset, length, row);
    for (ColumnSummary column : columns) {
      column.add(row);
    }
    rows++;
  }

  /** Appends what {@link #merge} reads. */
  public void write(ByteBuilder out) {
    columns.forEach(column -> column.write(out));
  }

  /** Adds a profile of rows of the same type that was written. */
  public void merge(ByteCursor encoded) {
    columns.forEach(column -> column.merge(encoded));
  }

  /** What is stored: one record a column. */
  public List<ColumnProfile> records() {
    return columns.stream().map(ColumnSummary::record).toList();
  }
}
