package io.millrace.source;

import io.millrace.row.Row;

/**
 * The double nearest to a decimal number, as {@link Double#parseDouble} has it; zero has no sign.
 * Numbers beyond the range, infinities, NaN and hexadecimal forms are refused.
 */
final class DoubleParser implements FieldParser {
  private final DecimalNumber number = new DecimalNumber();

  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    if (!number.read(bytes, from, to)) {
      return false;
    }
    if (number.isSmall()) {
      row.setDouble(slot, number.quotient());
      return true;
    }
    double value = Double.parseDouble(DecimalNumber.text(bytes, from, to));
    if (Double.isInfinite(value)) {
      return false;
    }
    row.setDouble(slot, value + 0.0); // turns -0.0 into 0.0
    return true;
  }

  @Override
  public String expected() {
    return "DOUBLE, a finite decimal number";
  }
}
