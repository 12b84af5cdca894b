package io.millrace.model;

import io.millrace.model.ModelInputs.Feed;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;

/** Reads one column of numbers or booleans from a row. */
final class NumberFeed {
  private final int slot;
  private final boolean floating;
  private final double divisor;
  private final double missing;

  NumberFeed(RowType layout, Feed feed) {
    Column column = layout.column(feed.column());
    slot = layout.slot(feed.column());
    floating = column.type().kind().storage() == Kind.Storage.DOUBLE;
    divisor = Math.pow(10, column.type().scale()); // exact up to 10^22
    missing = feed.missing() instanceof Missing.Value value ? value.value() : Double.NaN;
  }

  double number(Row row) {
    if (row.nulls[slot]) {
      return missing;
    }
    if (floating) {
      return row.doubles[slot];
    }
    return divisor == 1 ? row.longs[slot] : row.longs[slot] / divisor;
  }

  /** The number of a column that has whole ones only. */
  long whole(Row row) {
    return row.nulls[slot] ? (long) missing : row.longs[slot];
  }
}
