package io.millrace.source;

import io.millrace.row.ColumnType;
import io.millrace.row.Row;

/** Whole numbers in decimal digits with an optional sign. */
final class IntegerParser implements FieldParser {
  /** So many digits always fit into a long. */
  private static final int SAFE_DIGITS = 18;

  private final ColumnType type;
  private final long smallest;
  private final long largest;

  IntegerParser(ColumnType type, long smallest, long largest) {
    this.type = type;
    this.smallest = smallest;
    this.largest = largest;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    boolean negative = bytes[from] == '-';
    int first = negative || bytes[from] == '+' ? from + 1 : from;
    if (first == to) {
      return false;
    }
    // negative numbers reach one further than positive ones
    long value = 0;
    for (int at = first; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      if (at - first >= SAFE_DIGITS && value < (Long.MIN_VALUE + digit) / 10) {
        return false;
      }
      value = value * 10 - digit;
    }
    if (!negative) {
      if (value == Long.MIN_VALUE) {
        return false;
      }
      value = -value;
    }
    if (value < smallest || value > largest) {
      return false;
    }
    row.setLong(slot, value);
    return true;
  }

  @Override
  public String expected() {
    return type.sqlName() + " from " + smallest + " to " + largest;
  }
}
