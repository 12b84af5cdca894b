package io.millrace.quality;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.util.List;

/**
 * Tells which records are in a sample: those whose entity has a hash below a limit. What names no
 * entity, be it that a column of it is NULL or that the record is rejected, goes by the hash of its
 * bytes. The bits of the hash are compared in reverse, for the first ones tell buckets: so a sample
 * has entities of every bucket. Not thread-safe.
 */
public final class SampleFilter {
  private final long limit;
  private final int[] slots;
  private final RowEncoder entity;
  private final ByteBuilder bytes = new ByteBuilder();

  /**
   * @param columns that name an entity
   * @param limit unsigned
   */
  public SampleFilter(RowType rows, List<String> columns, long limit) {
    this.limit = limit;
    slots = rows.slots(columns);
    entity = new RowEncoder(rows, columns);
  }

  /** Whether the row names an entity. */
  public boolean hasEntity(Row row) {
    for (int slot : slots) {
      if (row.nulls[slot]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a row's entity is in the sample. */
  public boolean takes(Row row) {
    bytes.clear();
    entity.encode(row, bytes);
    return takes(bytes.array(), 0, bytes.length());
  }

  /** Whether a record is in the sample by its bytes. */
  public boolean takes(byte[] record, int offset, int length) {
    long hash = Long.reverse(XxHash64.hash(record, offset, length));
    return Long.compareUnsigned(hash, limit) < 0;
  }
}
