package io.millrace.source;

import io.millrace.row.Row;

/** The float nearest to a decimal number, as {@link Float#parseFloat} has it; else as doubles. */
final class FloatParser implements FieldParser {
  private static final long BELOW_FLOAT = (1L << 29) - 1;
  private static final long MIDPOINT = 1L << 28;

  private final DecimalNumber number = new DecimalNumber();

  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    if (!number.read(bytes, from, to)) {
      return false;
    }
    float value;
    double nearest = number.isSmall() ? number.quotient() : Double.NaN;
    // rounding twice goes wrong only where the double lies just between two floats
    if (number.isSmall() && (Double.doubleToRawLongBits(nearest) & BELOW_FLOAT) != MIDPOINT) {
      value = (float) nearest;
    } else {
      value = Float.parseFloat(DecimalNumber.text(bytes, from, to));
    }
    if (Float.isInfinite(value)) {
      return false;
    }
    row.setDouble(slot, value + 0.0); // turns -0.0 into 0.0
    return true;
  }

  @Override
  public String expected() {
    return "REAL, a finite decimal number";
  }
}
