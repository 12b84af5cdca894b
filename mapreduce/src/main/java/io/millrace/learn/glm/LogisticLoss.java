package io.millrace.learn.glm;

/**
 * Minus the log-likelihood of a Bernoulli label y in {0, 1} with probability μ = 1/(1 + e^−η):
 *
 * <pre>  loss = log(1 + e^η) − y·η      ∂ = μ − y      ∂² = μ·(1 − μ)</pre>
 *
 * With e = e^−|η|, which never overflows: log(1 + e^η) = max(η, 0) + log1p(e), and μ is 1/(1 + e)
 * or e/(1 + e). The curvature is e/(1 + e)², which does not lose its digits where μ is close to 1,
 * and for y = 1 the gradient is minus the probability of the other label, for the same reason.
 */
final class LogisticLoss implements Loss {
  @Override
  public double at(double label, double[] margins, double[] gradient, double[] curvature) {
    double margin = margins[0];
    double e = StrictMath.exp(-Math.abs(margin));
    double less = e / (1 + e);
    double more = 1 / (1 + e);
    double positive = margin >= 0 ? more : less;
    double negative = margin >= 0 ? less : more;
    // labels between 0 and 1 are shares of both
    gradient[0] = (1 - label) * positive - label * negative;
    if (curvature.length > 0) {
      curvature[0] = less * more;
    }
    double towards = margin >= 0 ? (1 - label) * margin : -label * margin;
    return towards + StrictMath.log1p(e);
  }
}
