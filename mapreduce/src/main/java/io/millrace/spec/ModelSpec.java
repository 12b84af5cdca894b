package io.millrace.spec;

import java.util.Optional;

/**
 * The model that is trained.
 *
 * @param name under which its versions are registered
 * @param algorithm fits the kind: {@link Glm}, or {@link Trees} for {@link Kind#TREES}
 * @param seed of everything that is drawn at random
 */
public record ModelSpec(Located<String> name, Located<Kind> kind, Algorithm algorithm, long seed) {
  public ModelSpec {
    if ((kind.value() == Kind.TREES) != (algorithm instanceof Trees)) {
      throw new IllegalArgumentException(
          "Cannot train %s by %s".formatted(kind, algorithm.getClass().getSimpleName()));
    }
  }

  /** What is fitted. */
  public enum Kind {
    /** Logistic regression: of two classes, or multinomial of more. */
    LOGISTIC,
    /** Least squares. */
    LINEAR,
    /** Poisson regression with logarithmic link. */
    POISSON,
    /** Gradient-boosted trees. */
    TREES
  }

  /** How it is fitted. */
  public sealed interface Algorithm {}

  /**
   * A generalised linear model. Its objective is Σ wᵢ·lossᵢ + l1·‖β‖₁ + ½·l2·‖β‖², with the
   * intercept free.
   *
   * @param iterations at most
   * @param warmStart whether the fit begins at the production model
   */
  public record Glm(double l1, double l2, int iterations, boolean warmStart) implements Algorithm {}

  /**
   * Gradient-boosted trees, in the terms of XGBoost.
   *
   * @param objective of a number; else it follows from the label
   * @param rounds trees at most (of more than two classes: of each)
   * @param maxDepth of a tree
   * @param learningRate by which each tree counts
   * @param minChildWeight sum of the Hessian that a leaf needs
   * @param subsample share of the rows that a tree sees
   * @param colsample share of the columns that a tree sees
   * @param l1 of the leaves' weights
   * @param l2 of the leaves' weights
   * @param minSplitLoss by which a split must make the loss less
   * @param maxBins of the histogram of a column
   * @param earlyStopping after so many rounds without a gain on the validation rows; 0: never
   */
  public record Trees(
      Optional<Objective> objective,
      int rounds,
      int maxDepth,
      double learningRate,
      double minChildWeight,
      double subsample,
      double colsample,
      double l1,
      double l2,
      double minSplitLoss,
      int maxBins,
      int earlyStopping)
      implements Algorithm {}

  /** The loss of trees for a number. */
  public enum Objective {
    SQUARED_ERROR,
    POISSON
  }
}
