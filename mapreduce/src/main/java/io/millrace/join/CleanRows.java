package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.util.List;
import org.apache.avro.Schema;

/** Reads clean records one by one for a join. Not thread-safe. */
public final class CleanRows {
  private final RowDecoder decoder;
  private final Row row;
  private final RowEncoder kept;
  private final int[][] entitySlots;
  private final RowEncoder[] entities;
  private final ByteCursor cursor = new ByteCursor();
  private long left;
  private long taken;

  /**
   * @param written the columns of the records that will come, which may lack some that were added
   *     later
   */
  public CleanRows(JoinSettings settings, RowType written) {
    RowType layout = RowType.fromAvro(new Schema.Parser().parse(settings.cleanSchema()));
    decoder = new RowDecoder(written, layout, layout.names());
    row = new Row(layout.size());
    kept = new RowEncoder(layout, settings.kept());
    List<List<String>> columns =
        settings.entities().stream().map(JoinSettings.Entity::columns).toList();
    entitySlots = columns.stream().map(layout::slots).toArray(int[][]::new);
    RowType never = withoutNulls(layout);
    entities =
        columns.stream().map(names -> new RowEncoder(never, names)).toArray(RowEncoder[]::new);
  }

  /** Takes so many records that lie one behind the other. */
  public void load(byte[] source, int offset, int length, long records) {
    int start = row.load(source, offset, length);
    cursor.reset(row.bytes, start, length);
    left = records;
  }

  /** How many records were begun, so that one that fails can be told. */
  public long taken() {
    return taken;
  }

  /** Moves to the next record; false where there is none. */
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    taken++;
    decoder.decode(cursor, row);
    return true;
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

  private static RowType withoutNulls(RowType layout) {
    return new RowType(
        layout.name(),
        layout.columns().stream()
            .map(column -> new Column(column.name(), column.type().withNullable(false)))
            .toList());
  }
}
