package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.util.List;

/** Reads clean records one by one for a join. Not thread-safe. */
public final class CleanRows {
  private final RowDecoder decoder;
  private final RowFilter filter;
  private final Row row;
  private final RowEncoder kept;
  private final int[][] entitySlots;
  private final RowEncoder[] entities;
  private final ByteCursor cursor = new ByteCursor();
  private int end;
  private long left;
  private long begun;
  private long next;

  /**
   * Takes all records.
   *
   * @param written the columns of the records that will come, which may lack some that were added
   *     later
   */
  public CleanRows(JoinSettings settings, RowType written) {
    this(settings, written, RowFilter.none(settings.cleanType()));
  }

  /** Takes the records that a filter takes. */
  public CleanRows(JoinSettings settings, RowType written, RowFilter filter) {
    this.filter = filter;
    RowType layout = filter.layout();
    decoder = new RowDecoder(written, layout, settings.cleanType().names());
    row = filter.newRow();
    kept = new RowEncoder(layout, settings.kept());
    List<List<String>> columns =
        settings.entities().stream().map(JoinSettings.Entity::columns).toList();
    entitySlots = columns.stream().map(layout::slots).toArray(int[][]::new);
    RowType never = withoutNulls(layout);
    entities =
        columns.stream().map(names -> new RowEncoder(never, names)).toArray(RowEncoder[]::new);
  }

  /**
   * Takes so many records that lie one behind the other.
   *
   * @param firstRecord the number of the first, by which {@link #record()} tells them
   */
  public void load(byte[] source, int offset, int length, long firstRecord, long records) {
    int start = row.load(source, offset, length);
    cursor.reset(row.bytes, start, length);
    end = row.end();
    left = records;
    next = firstRecord;
  }

  /** Moves over so many records without a look at them. */
  public void skip(long records) {
    for (long i = 0; i < records; i++) {
      decoder.decode(cursor, row);
    }
    left -= records;
    next += records;
  }

  /** How many records were begun, taken or not, so that one that fails can be told. */
  public long begun() {
    return begun;
  }

  /** The number of the record that was begun last. */
  public long record() {
    return next - 1;
  }

  /** Moves to the next record that is taken; false where there is none. */
  public boolean next() {
    while (left > 0) {
      left--;
      next++;
      begun++;
      row.truncate(end);
      decoder.decode(cursor, row);
      if (filter.takes(row)) {
        return true;
      }
    }
    return false;
  }

  /** Appends the columns that are carried on. */
  public void putKept(ByteBuilder out) {
    kept.encode(row, out);
  }

  /**
   * Appends the encoded entity, as features have it; false, and nothing appended, where the record
   * names none.
   */
  public boolean putEntity(int entity, ByteBuilder out) {
    for (int slot : entitySlots[entity]) {
      if (row.nulls[slot]) {
        return false;
      }
    }
    entities[entity].encode(row, out);
    return true;
  }

  /** The columns as an entity has them: none is NULL. */
  static RowType withoutNulls(RowType layout) {
    return new RowType(
        layout.name(),
        layout.columns().stream()
            .map(column -> new Column(column.name(), column.type().withNullable(false)))
            .toList());
  }
}
