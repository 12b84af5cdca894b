package io.millrace.learn.prepare;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;

/**
 * What one pass over rows gathers of one input. Merges associatively and commutatively to the bit.
 * Not thread-safe.
 */
abstract sealed class InputStatistics permits NumberStatistics, TextStatistics {
  private long rows;
  private long nulls;

  static InputStatistics of(Column column, int slot, boolean logarithm) {
    return column.type().kind() == Kind.STRING
        ? new TextStatistics(slot)
        : new NumberStatistics(new NumberReader(column.type(), slot), logarithm);
  }

  final void add(Row row) {
    rows++;
    if (!addValue(row)) {
      nulls++;
    }
  }

  /** Adds a value; returns false where it is NULL. */
  abstract boolean addValue(Row row);

  final void write(ByteBuilder out) {
    out.putVarint(rows).putVarint(nulls);
    writeValues(out);
  }

  abstract void writeValues(ByteBuilder out);

  /** Adds what was written of the same input. */
  final void merge(ByteCursor encoded) {
    rows += encoded.readVarint();
    nulls += encoded.readVarint();
    mergeValues(encoded);
  }

  abstract void mergeValues(ByteCursor encoded);

  long rows() {
    return rows;
  }

  long nulls() {
    return nulls;
  }
}
