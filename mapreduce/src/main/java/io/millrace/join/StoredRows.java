package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.util.Collection;

/** Reads rows that lie as they are wanted. Not thread-safe. */
public final class StoredRows implements RowReader {
  private final RowDecoder decoder;
  private final Row row;
  private final ByteCursor cursor = new ByteCursor();
  private int start;
  private long left;
  private long begun;

  /**
   * @param written the columns of the records that will come
   * @param layout the columns of the row
   * @param wanted those to read
   */
  public StoredRows(RowType written, RowType layout, Collection<String> wanted) {
    decoder = new RowDecoder(written, layout, wanted);
    row = new Row(layout.size());
  }

  @Override
  public Row row() {
    return row;
  }

  @Override
  public void load(byte[] source, int offset, int length, long records) {
    int first = row.load(source, offset, length);
    cursor.reset(row.bytes, first, length);
    left = records;
  }

  @Override
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    begun++;
    start = cursor.position();
    decoder.decode(cursor, row);
    return true;
  }

  @Override
  public long begun() {
    return begun;
  }

  @Override
  public void putSource(ByteBuilder out) {
    out.putBytes(cursor.array(), start, cursor.position() - start);
  }

  @Override
  public void putRow(byte[] source, int offset, int length, ByteBuilder out) {
    out.putBytes(source, offset, length);
  }
}
