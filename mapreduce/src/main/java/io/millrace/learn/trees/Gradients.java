package io.millrace.learn.trees;

/**
 * The derivatives of all rows' losses, weighted, as numbers whose sums are exact: each is rounded
 * to a multiple of a power of two, of which the sum of all has no more than 2⁵². XGBoost adds them
 * as doubles, in an order that depends on the number of threads; so the order, and with it the
 * number of threads, cannot show in the trees. Not thread-safe.
 *
 * <p>The grid of a million logistic gradients is 2⁻³¹ wide; a float near 1 has steps of 2⁻²⁴.
 */
final class Gradients {
  /** All sums of so many steps of the grid are exact doubles. */
  private static final int EXACT_BITS = 52;

  private final Objective objective;
  private final int outputs;
  private final float[] gradients;
  private final float[] hessians;

  Gradients(Objective objective, int outputs, int rows) {
    this.objective = objective;
    this.outputs = outputs;
    int length = Math.multiplyExact(rows, outputs);
    gradients = new float[length];
    hessians = new float[length];
  }

  /** First derivatives, those of a row side by side. */
  float[] gradients() {
    return gradients;
  }

  /** Second derivatives. */
  float[] hessians() {
    return hessians;
  }

  /**
   * Derives the loss of each row.
   *
   * @return the weighted mean of the losses
   */
  double derive(float[] margins, Labels labels) {
    double[] g = new double[outputs];
    double[] h = new double[outputs];
    double loss = 0;
    double mostGradient = 0;
    double mostHessian = 0;
    for (int row = 0; row < labels.rows(); row++) {
      int at = row * outputs;
      double weight = labels.weight(row);
      loss += weight * objective.derive(margins, at, outputs, labels.label(row), g, h);
      for (int j = 0; j < outputs; j++) {
        gradients[at + j] = (float) (weight * g[j]);
        hessians[at + j] = (float) (weight * h[j]);
        mostGradient = Math.max(mostGradient, Math.abs(gradients[at + j]));
        mostHessian = Math.max(mostHessian, hessians[at + j]);
      }
    }
    round(gradients, grid(mostGradient, labels.rows()));
    round(hessians, grid(mostHessian, labels.rows()));
    return loss / labels.weight();
  }

  /** The weighted mean of rows' losses. */
  static double loss(Objective objective, int outputs, float[] margins, Labels labels) {
    double[] unused = new double[outputs];
    double loss = 0;
    for (int row = 0; row < labels.rows(); row++) {
      loss +=
          labels.weight(row)
              * objective.derive(
                  margins, row * outputs, outputs, labels.label(row), unused, unused);
    }
    return loss / labels.weight();
  }

  /** The least power of two of which {@code count} numbers up to {@code most} have no more. */
  static double grid(double most, int count) {
    int countBits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
    int exponent = Math.max(Math.getExponent(most) + 1, Double.MIN_EXPONENT);
    return Math.scalb(1.0, Math.max(exponent + countBits - EXACT_BITS, Double.MIN_EXPONENT));
  }

  private static void round(float[] numbers, double grid) {
    for (int i = 0; i < numbers.length; i++) {
      // a float that is larger than 2^24 steps is a multiple already
      numbers[i] = (float) (Math.rint(numbers[i] / grid) * grid);
    }
  }
}
