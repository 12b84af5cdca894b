package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;

/** Reads rows one by one, into a row that is used again for the next. */
public interface RowReader {
  /** The row that is read into. */
  Row row();

  /** Takes so many records that lie one behind the other. */
  void load(byte[] source, int offset, int length, long records);

  /** Moves to the next row; false where there is none. */
  boolean next();

  /** How many records were begun, so that one that fails can be told. */
  long begun();

  /** Appends the record that the row was read from, as it lies. */
  void putSource(ByteBuilder out);

  /** Appends the whole row that comes of such a record, encoded. Leaves the present row alone. */
  void putRow(byte[] source, int offset, int length, ByteBuilder out);
}
