package io.millrace.job.clean;

import io.millrace.aggregate.PartialKey;
import io.millrace.job.io.Slice;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.util.List;

/**
 * Makes the keys of rows: of the columns by which duplicates are told, or else of the whole record.
 * Where rows of an entity are to come together, its columns stand first, and behind them the other
 * columns of the key, or the whole record. A row without an entity has the key that it would have
 * otherwise, so that many of them are spread over all files. Not thread-safe.
 */
final class RowKeys {
  private final CleanKey key = new CleanKey();
  private final RowEncoder all;
  private final int[] entitySlots;
  private final RowEncoder entity;
  private final RowEncoder rest;

  /**
   * Keys of rows.
   *
   * @param layout of the rows, with all columns that are needed
   */
  RowKeys(RowType layout, CleanSettings settings) {
    boolean byKey = settings.duplicates().byKey();
    List<String> columns = byKey ? settings.keyColumns() : layout.names();
    all = new RowEncoder(layout, columns);
    entitySlots = layout.slots(settings.entity());
    entity = PartialKey.entityEncoder(layout, settings.entity());
    rest =
        new RowEncoder(
            layout,
            byKey
                ? columns.stream().filter(column -> !settings.entity().contains(column)).toList()
                : columns);
  }

  /** The key of a row; valid until the next one. */
  Slice of(Row row) {
    if (!hasEntity(row)) {
      all.encode(row, key.beginRow());
      return key.endRow();
    }
    entity.encode(row, key.beginRow());
    rest.encode(row, key.endEntity());
    return key.endRowOfEntity();
  }

  private boolean hasEntity(Row row) {
    for (int slot : entitySlots) {
      if (row.nulls[slot]) {
        return false;
      }
    }
    return entitySlots.length > 0;
  }
}
