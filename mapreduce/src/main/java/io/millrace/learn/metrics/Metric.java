package io.millrace.learn.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is measured of scores. Formulas: rows i have label yᵢ, score sᵢ and weight wᵢ; W = Σ wᵢ. For
 * true and false, y is 1 or 0, and P and N are the weights of the rows with 1 and with 0.
 */
public enum Metric {
  /**
   * Area under the ROC curve: the chance that a row with 1 scores above one with 0, ties counting
   * half. Of classes: the mean over the classes, each against all others.
   */
  AUC(Better.HIGHER),

  /** Of classes: the area of one class against all others. */
  AUC_OF_CLASS(Better.HIGHER),

  /**
   * Σ (Rₖ − Rₖ₋₁)·Pₖ over the different scores, highest first, where Pₖ and Rₖ are precision and
   * recall of the rows that score at least the k-th.
   */
  AVERAGE_PRECISION(Better.HIGHER),

  /**
   * −Σ wᵢ·ln(pᵢ) / W, where pᵢ is the probability that the model gives the true label, raised to
   * 2⁻⁵² where it is less, and lowered to 1 − 2⁻⁵² where it is more.
   */
  LOG_LOSS(Better.LOWER),

  /** Σ wᵢ·(sᵢ − yᵢ)² / W of probabilities (Brier, 1950). */
  BRIER(Better.LOWER),

  /** Σ wᵢ·yᵢ / W. */
  LABEL_MEAN(Better.NEITHER),

  /** Σ wᵢ·sᵢ / W. */
  SCORE_MEAN(Better.NEITHER),

  /**
   * Expected calibration error: Σ Wᵦ·|mean score − mean label| / W over the bins of {@link
   * #CALIBRATION_SCORE}.
   */
  CALIBRATION_ERROR(Better.LOWER),

  /** The mean score of one of ten bins of equal weight, the lowest scores in bin 1. */
  CALIBRATION_SCORE(Better.NEITHER),

  /** The mean label of that bin. */
  CALIBRATION_RATE(Better.NEITHER),

  /**
   * The weight of rows with 1 among the highest scores of weight k, divided by k. Of rows that
   * score the same, where only some of them are among these, each counts by the same share.
   */
  PRECISION_AT(Better.HIGHER),

  /** The weight of rows with 1 among the highest scores of weight k, divided by P. */
  RECALL_AT(Better.HIGHER),

  /** {@link #PRECISION_AT} divided by P / W. */
  LIFT_AT(Better.HIGHER),

  /** The weight of rows with 1 that score at least the threshold. */
  TRUE_POSITIVES(Better.HIGHER),

  /** The weight of rows with 0 that score at least the threshold. */
  FALSE_POSITIVES(Better.LOWER),

  /** The weight of rows with 0 that score less than the threshold. */
  TRUE_NEGATIVES(Better.HIGHER),

  /** The weight of rows with 1 that score less than the threshold. */
  FALSE_NEGATIVES(Better.LOWER),

  /** TP / (TP + FP) at the threshold. */
  PRECISION(Better.HIGHER),

  /** TP / (TP + FN) at the threshold. */
  RECALL(Better.HIGHER),

  /** 2·TP / (2·TP + FP + FN) at the threshold. */
  F1(Better.HIGHER),

  /**
   * The share of W that is labelled right: at the threshold, or by the class of the highest
   * probability.
   */
  ACCURACY(Better.HIGHER),

  /** Of classes: the weight of the rows of one class for which another, or the same, was found. */
  CONFUSION(Better.NEITHER),

  /** Root of the mean squared error: √(Σ wᵢ·(sᵢ − yᵢ)² / W). */
  RMSE(Better.LOWER),

  /** Mean absolute error: Σ wᵢ·|sᵢ − yᵢ| / W. */
  MAE(Better.LOWER),

  /** 1 − Σ wᵢ·(sᵢ − yᵢ)² / Σ wᵢ·(yᵢ − ȳ)², where ȳ is the mean label of these rows. */
  R2(Better.HIGHER),

  /** Σ wᵢ·(sᵢ − yᵢ) / W: above 0 where scores are too high. */
  BIAS(Better.NEARER_TO_ZERO),

  /**
   * Σ wᵢ·dᵢ / W, the mean unit deviance: (yᵢ − sᵢ)² for gaussian, 2·(yᵢ·ln(yᵢ/sᵢ) − yᵢ + sᵢ) for
   * poisson, of which the logarithm's term is 0 where yᵢ is 0.
   */
  DEVIANCE(Better.LOWER),

  /** The weight of the rows that the model gave no finite score. */
  UNSCORED(Better.LOWER),

  /**
   * What is lost where the values of one input are shuffled among the rows: the fall of AUC, of
   * classes the rise of log loss, of numbers the fall of R² (Breiman, "Random forests", 2001).
   */
  PERMUTATION_IMPORTANCE(Better.NEITHER);

  /** Which of two values is the better one. */
  public enum Better {
    HIGHER,
    LOWER,
    NEARER_TO_ZERO,
    /** Values that say what is there, not how good it is. */
    NEITHER
  }

  private final Better better;

  Metric(Better better) {
    this.better = better;
  }

  /** Which of two values is the better one. */
  public Better better() {
    return better;
  }

  /** Its name in data files and in {@code pipeline.yaml}. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The metric of a name. */
  public static Optional<Metric> named(String metricName) {
    return Arrays.stream(values())
        .filter(metric -> metric.metricName().equals(metricName))
        .findFirst();
  }
}
