package io.millrace.source;

import io.millrace.row.Row;

/** Text as it is. */
final class StringParser implements FieldParser {
  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    row.setSlice(slot, from, to - from);
    return true;
  }

  @Override
  public String expected() {
    return "text";
  }
}
