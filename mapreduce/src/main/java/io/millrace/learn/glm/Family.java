package io.millrace.learn.glm;

import java.util.Locale;

/** What is predicted, and so the loss and the link. */
public enum Family {
  /** One of two: labels 0 and 1, predicts the probability of 1, 1/(1 + e^−η). */
  LOGISTIC,
  /** One of K classes: labels 0 to K−1, predicts their probabilities, e^ηₖ / Σₗ e^ηₗ. */
  MULTINOMIAL,
  /** Any number; predicts its mean, η. */
  LINEAR,
  /** A number that is not negative, such as a count; predicts its mean, e^η. */
  POISSON;

  Loss loss() {
    return switch (this) {
      case LOGISTIC -> new LogisticLoss();
      case MULTINOMIAL -> new MultinomialLoss();
      case LINEAR -> new SquaredLoss();
      case POISSON -> new PoissonLoss();
    };
  }

  /** As it is written in files and messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Turns margins into what is predicted, in place. */
  public void predict(double[] margins) {
    switch (this) {
      case LOGISTIC -> margins[0] = probability(margins[0]);
      case MULTINOMIAL -> softmax(margins);
      case LINEAR -> {}
      case POISSON -> margins[0] = StrictMath.exp(margins[0]);
    }
  }

  private static double probability(double margin) {
    double e = StrictMath.exp(-Math.abs(margin));
    return margin >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  private static void softmax(double[] margins) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double margin : margins) {
      greatest = Math.max(greatest, margin);
    }
    double sum = 0;
    for (int k = 0; k < margins.length; k++) {
      margins[k] = StrictMath.exp(margins[k] - greatest);
      sum += margins[k];
    }
    for (int k = 0; k < margins.length; k++) {
      margins[k] /= sum;
    }
  }

  /**
   * Checks a label.
   *
   * @throws IllegalArgumentException where the family has no such label
   */
  void check(double label, int outputs) {
    boolean fits =
        switch (this) {
          case LOGISTIC -> label == 0 || label == 1;
          case MULTINOMIAL -> label >= 0 && label < outputs && label == Math.rint(label);
          case LINEAR -> Double.isFinite(label);
          case POISSON -> label >= 0 && Double.isFinite(label);
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "Cannot fit a " + word() + " model to the label " + label + ": expected " + labels());
    }
  }

  private String labels() {
    return switch (this) {
      case LOGISTIC -> "0 or 1";
      case MULTINOMIAL -> "the number of a class";
      case LINEAR -> "a finite number";
      case POISSON -> "a finite number that is not negative";
    };
  }
}
