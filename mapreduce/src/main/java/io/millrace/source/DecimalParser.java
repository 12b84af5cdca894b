package io.millrace.source;

import io.millrace.row.ColumnType;
import io.millrace.row.Row;

/**
 * Decimals of fixed scale in plain notation. Digits behind the scale must be zeros: nothing is
 * rounded.
 */
final class DecimalParser implements FieldParser {
  private final ColumnType type;

  /** A value below this takes one more digit without leaving the precision. */
  private final long tenthOfBound;

  DecimalParser(ColumnType type) {
    this.type = type;
    long bound = 1;
    for (int i = 1; i < type.precision(); i++) {
      bound *= 10;
    }
    tenthOfBound = bound;
  }

  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    boolean negative = bytes[from] == '-';
    int at = negative || bytes[from] == '+' ? from + 1 : from;
    long unscaled = 0;
    int digits = 0;
    int missing = type.scale();
    boolean behindPoint = false;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit == '.' - '0' && !behindPoint) {
        behindPoint = true;
        continue;
      }
      if (digit < 0 || digit > 9) {
        return false;
      }
      digits++;
      if (behindPoint && missing-- <= 0) {
        if (digit != 0) {
          return false;
        }
        missing = 0;
        continue;
      }
      if (unscaled >= tenthOfBound) {
        return false;
      }
      unscaled = unscaled * 10 + digit;
    }
    if (digits == 0) {
      return false;
    }
    for (; missing > 0; missing--) {
      if (unscaled >= tenthOfBound) {
        return false;
      }
      unscaled *= 10;
    }
    row.setLong(slot, negative ? -unscaled : unscaled);
    return true;
  }

  @Override
  public String expected() {
    return type.sqlName();
  }
}
