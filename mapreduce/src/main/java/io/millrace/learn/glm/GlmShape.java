package io.millrace.learn.glm;

/**
 * How coefficients lie in an array: one block an output, in a block the coefficients of the {@code
 * width} design columns, then the intercept.
 *
 * @param outputs one, or one a class where the family is multinomial
 */
public record GlmShape(Family family, int width, int outputs) {
  public GlmShape {
    if (width < 0) {
      throw new IllegalArgumentException("Cannot fit " + width + " columns");
    }
    if (family == Family.MULTINOMIAL ? outputs < 2 : outputs != 1) {
      throw new IllegalArgumentException(
          "Cannot fit " + outputs + " outputs of the family " + family);
    }
    if ((long) outputs * (width + 1) > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "Cannot fit " + outputs + " outputs over " + width + " columns: too many coefficients");
    }
  }

  /** Of a family that has one output. */
  public GlmShape(Family family, int width) {
    this(family, width, 1);
  }

  /** Coefficients of one output, with its intercept. */
  public int block() {
    return width + 1;
  }

  /** Coefficients of all outputs, with their intercepts. */
  public int coefficients() {
    return outputs * block();
  }

  /** Where a coefficient lies. */
  public int at(int output, int column) {
    return output * block() + column;
  }

  /** Where an output's intercept lies. */
  public int intercept(int output) {
    return output * block() + width;
  }

  boolean isIntercept(int at) {
    return at % block() == width;
  }
}
