package io.millrace.learn.prepare;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;

/** Reads a column of numbers or BOOLEAN as doubles; what is NULL or not finite is NaN. */
final class NumberReader {
  private final int slot;
  private final boolean floating;
  private final double divisor;

  NumberReader(ColumnType type, int slot) {
    this.slot = slot;
    floating = type.kind().storage() == Kind.Storage.DOUBLE;
    divisor = Math.pow(10, type.scale()); // exact up to 10^22
  }

  double read(Row row) {
    if (row.nulls[slot]) {
      return Double.NaN;
    }
    if (floating) {
      double value = row.doubles[slot];
      return Double.isFinite(value) ? value : Double.NaN;
    }
    return divisor == 1 ? row.longs[slot] : row.longs[slot] / divisor;
  }
}
