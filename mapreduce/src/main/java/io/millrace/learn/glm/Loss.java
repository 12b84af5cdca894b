package io.millrace.learn.glm;

/** What one row costs, by its label and the margins of its outputs. Without state. */
sealed interface Loss permits LogisticLoss, MultinomialLoss, SquaredLoss, PoissonLoss {
  /**
   * The loss of a row with weight 1.
   *
   * @param label as the family's labels are
   * @param margins η, one an output
   * @param gradient takes ∂loss/∂ηₖ
   * @param curvature takes ∂²loss/∂ηₖ∂ηₗ, rows of the upper triangle one after the other; an empty
   *     array where that is not asked for
   */
  double at(double label, double[] margins, double[] gradient, double[] curvature);
}
