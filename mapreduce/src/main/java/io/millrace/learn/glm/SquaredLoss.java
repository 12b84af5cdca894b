package io.millrace.learn.glm;

/**
 * Half the squared error of a number y; least squares, with l2 ridge regression, with l1 the lasso:
 *
 * <pre>  loss = ½·(η − y)²      ∂ = η − y      ∂² = 1</pre>
 */
final class SquaredLoss implements Loss {
  @Override
  public double at(double label, double[] margins, double[] gradient, double[] curvature) {
    double error = margins[0] - label;
    gradient[0] = error;
    if (curvature.length > 0) {
      curvature[0] = 1;
    }
    return 0.5 * error * error;
  }
}
