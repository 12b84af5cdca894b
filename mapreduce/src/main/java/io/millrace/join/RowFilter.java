package io.millrace.join;

import io.millrace.row.Row;
import io.millrace.row.RowType;

/** Decides which clean records are joined, and may compute something of each on the way. */
public interface RowFilter {
  /** The columns of its rows: those of the clean records that are read, and what is computed. */
  RowType layout();

  /** A row that records are read into. */
  Row newRow();

  /** Whether the record that the row holds is joined. */
  boolean takes(Row row);

  /** Takes all. */
  static RowFilter none(RowType clean) {
    return new RowFilter() {
      @Override
      public RowType layout() {
        return clean;
      }

      @Override
      public Row newRow() {
        return new Row(clean.size());
      }

      @Override
      public boolean takes(Row row) {
        return true;
      }
    };
  }
}
