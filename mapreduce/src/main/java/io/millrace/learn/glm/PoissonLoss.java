package io.millrace.learn.glm;

/**
 * Half the deviance of a count or rate y ≥ 0 with mean μ = e^η:
 *
 * <pre>  loss = μ − y·η + y·log y − y      ∂ = μ − y      ∂² = μ</pre>
 *
 * It is minus the log-likelihood less that of the best μ = y, and so never negative.
 */
final class PoissonLoss implements Loss {
  @Override
  public double at(double label, double[] margins, double[] gradient, double[] curvature) {
    double margin = margins[0];
    double mean = StrictMath.exp(margin);
    gradient[0] = mean - label;
    if (curvature.length > 0) {
      curvature[0] = mean;
    }
    return label == 0 ? mean : mean - label + label * (StrictMath.log(label) - margin);
  }
}
