package io.millrace.learn.glm;

import io.millrace.learn.DesignRow;

/** Predicts rows of the design matrix that a model was fitted to. Not thread-safe. */
public final class GlmScorer {
  private final GlmShape shape;
  private final double[] coefficients;
  private final double[] predictions;

  GlmScorer(GlmShape shape, double[] coefficients) {
    this.shape = shape;
    this.coefficients = coefficients;
    predictions = new double[shape.outputs()];
  }

  /**
   * What {@link Family} says is predicted: a probability, the probabilities of the classes, a mean.
   *
   * @return one number an output, valid until the next call
   */
  public double[] predict(DesignRow row) {
    for (int k = 0; k < predictions.length; k++) {
      double margin = coefficients[shape.intercept(k)];
      for (int i = 0; i < row.size; i++) {
        margin += coefficients[shape.at(k, row.indices[i])] * row.values[i];
      }
      predictions[k] = margin;
    }
    shape.family().predict(predictions);
    return predictions;
  }
}
