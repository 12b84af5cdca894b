package io.millrace.learn.glm;

/**
 * Minus the log-likelihood of a class y in {0, …, K−1} with probabilities μₖ = e^ηₖ / Σₗ e^ηₗ
 * (softmax):
 *
 * <pre>  loss = log Σₗ e^ηₗ − η_y      ∂ₖ = μₖ − [k = y]      ∂²ₖₗ = μₖ·([k = l] − μₗ)</pre>
 *
 * All K classes have coefficients; a constant that is added to all margins changes nothing. The
 * greatest margin is taken off first, so that no exponential overflows, and 1 − μₖ is the sum of
 * the others where μₖ is above one half, so that it keeps its digits.
 */
final class MultinomialLoss implements Loss {
  @Override
  public double at(double label, double[] margins, double[] gradient, double[] curvature) {
    int classes = margins.length;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double margin : margins) {
      greatest = Math.max(greatest, margin);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      gradient[k] = StrictMath.exp(margins[k] - greatest);
      sum += gradient[k];
    }
    for (int k = 0; k < classes; k++) {
      gradient[k] /= sum;
    }
    if (curvature.length > 0) {
      curve(gradient, curvature);
    }
    int y = (int) label;
    gradient[y] = -others(gradient, y);
    return greatest - margins[y] + StrictMath.log(sum);
  }

  private static void curve(double[] probabilities, double[] curvature) {
    int at = 0;
    for (int k = 0; k < probabilities.length; k++) {
      curvature[at++] = probabilities[k] * others(probabilities, k);
      for (int l = k + 1; l < probabilities.length; l++) {
        curvature[at++] = -probabilities[k] * probabilities[l];
      }
    }
  }

  /** 1 − μₖ. */
  private static double others(double[] probabilities, int k) {
    if (probabilities[k] <= 0.5) {
      return 1 - probabilities[k];
    }
    double sum = 0;
    for (int l = 0; l < probabilities.length; l++) {
      sum += l == k ? 0 : probabilities[l];
    }
    return sum;
  }
}
