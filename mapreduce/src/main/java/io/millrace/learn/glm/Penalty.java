package io.millrace.learn.glm;

/**
 * l1·‖β‖₁ + ½·l2·‖β‖², intercepts left out. The second part is smooth and is added to the loss; of
 * the first, the derivative at 0 is any number between −l1 and l1.
 */
record Penalty(GlmShape shape, double l1, double l2) {
  /** Whether coefficients that are not intercepts cost anything. */
  boolean isNone() {
    return l1 == 0 && l2 == 0;
  }

  double value(double[] coefficients) {
    double squares = 0;
    for (int at = 0; at < coefficients.length; at++) {
      squares += shape.isIntercept(at) ? 0 : coefficients[at] * coefficients[at];
    }
    return absolutes(coefficients) + 0.5 * l2 * squares;
  }

  /** l1·‖β‖₁. */
  double absolutes(double[] coefficients) {
    double sum = 0;
    for (int at = 0; at < coefficients.length; at++) {
      sum += shape.isIntercept(at) ? 0 : Math.abs(coefficients[at]);
    }
    return l1 * sum;
  }

  /** The l1 of one coefficient. */
  double l1(int at) {
    return shape.isIntercept(at) ? 0 : l1;
  }

  /** The l2 of one coefficient. */
  double l2(int at) {
    return shape.isIntercept(at) ? 0 : l2;
  }

  /**
   * Takes the mean over the classes off each intercept, and without any penalty off each
   * coefficient: of all that give the same probabilities for the same penalty, this is the one.
   */
  void centre(double[] coefficients) {
    int outputs = shape.outputs();
    for (int column = isNone() ? 0 : shape.width(); column <= shape.width(); column++) {
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        sum += coefficients[shape.at(k, column)];
      }
      for (int k = 0; k < outputs && outputs > 1; k++) {
        coefficients[shape.at(k, column)] -= sum / outputs;
      }
    }
  }

  /**
   * The element closest to 0 of the subgradient of a coefficient; 0 where it is best as it is.
   *
   * @param gradient of the smooth part
   */
  double subgradient(int at, double coefficient, double gradient) {
    double l = l1(at);
    if (coefficient != 0) {
      return gradient + Math.copySign(l, coefficient);
    }
    return gradient > l ? gradient - l : gradient < -l ? gradient + l : 0;
  }
}
