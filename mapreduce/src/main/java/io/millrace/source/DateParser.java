package io.millrace.source;

import io.millrace.row.Row;

/** Days as {@code yyyy-MM-dd}. */
final class DateParser implements FieldParser {
  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    if (to - from != IsoDate.LENGTH) {
      return false;
    }
    long day = IsoDate.epochDay(bytes, from);
    if (day == IsoDate.INVALID) {
      return false;
    }
    row.setLong(slot, day);
    return true;
  }

  @Override
  public String expected() {
    return "DATE as yyyy-MM-dd";
  }
}
