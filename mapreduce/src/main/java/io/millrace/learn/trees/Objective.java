package io.millrace.learn.trees;

/**
 * What the trees of a model minimise: the sum of the rows' losses. Of a row with label y, the trees
 * say the margins f, one of each output; g and h are the loss's first and second derivatives by
 * each of them.
 */
public enum Objective {
  /**
   * y is 0 or 1, p = 1 / (1 + e⁻ᶠ): loss = ln(1 + e⁻|ᶠ|) + max(f, 0) − y·f, which is −ln p or −ln(1
   * − p) without overflow; g = p − y, h = p·(1 − p).
   */
  LOGISTIC("binary:logistic") {
    @Override
    double derive(float[] margins, int at, int outputs, float label, double[] g, double[] h) {
      double f = margins[at];
      double small = StrictMath.exp(-Math.abs(f));
      double p = f >= 0 ? 1 / (1 + small) : small / (1 + small);
      g[0] = p - label;
      h[0] = Math.max(p * (1 - p), LEAST_HESSIAN);
      return StrictMath.log1p(small) + Math.max(f, 0) - label * f;
    }
  },
  /**
   * y is the number of a class, p = softmax(f): loss = ln Σ eᶠⱼ − f_y; gⱼ = pⱼ − [j = y], hⱼ =
   * 2·pⱼ·(1 − pⱼ), a bound of the diagonal of the second derivatives.
   */
  SOFTMAX("multi:softprob") {
    @Override
    double derive(float[] margins, int at, int outputs, float label, double[] g, double[] h) {
      double most = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < outputs; j++) {
        most = Math.max(most, margins[at + j]);
      }
      double sum = 0;
      for (int j = 0; j < outputs; j++) {
        g[j] = StrictMath.exp(margins[at + j] - most);
        sum += g[j];
      }
      for (int j = 0; j < outputs; j++) {
        double p = g[j] / sum;
        g[j] = j == (int) label ? p - 1 : p;
        h[j] = Math.max(2 * p * (1 - p), LEAST_HESSIAN);
      }
      return StrictMath.log(sum) + most - margins[at + (int) label];
    }
  },
  /** y is any number: loss = ½·(f − y)²; g = f − y, h = 1. */
  SQUARED_ERROR("reg:squarederror") {
    @Override
    double derive(float[] margins, int at, int outputs, float label, double[] g, double[] h) {
      double error = (double) margins[at] - label;
      g[0] = error;
      h[0] = 1;
      return error * error / 2;
    }
  },
  /**
   * y ≥ 0, of mean eᶠ: loss = eᶠ − y·f, the negative log-likelihood without what y alone decides; g
   * = eᶠ − y, h = eᶠ⁺⁰·⁷: the Hessian at the largest step that a leaf may take, as in XGBoost.
   */
  POISSON("count:poisson") {
    @Override
    double derive(float[] margins, int at, int outputs, float label, double[] g, double[] h) {
      double f = margins[at];
      double mean = StrictMath.exp(f);
      g[0] = mean - label;
      h[0] = StrictMath.exp(f + POISSON_STEP);
      return mean - label * f;
    }
  };

  /** The largest step of a leaf with counts, whose means would grow without bounds. */
  static final double POISSON_STEP = 0.7;

  private static final double LEAST_HESSIAN = 1e-16;

  private final String xgboostName;

  Objective(String xgboostName) {
    this.xgboostName = xgboostName;
  }

  /** Its name in XGBoost. */
  String xgboostName() {
    return xgboostName;
  }

  /**
   * Loss and derivatives of one row without its weight.
   *
   * @param margins of all rows, those of a row side by side
   * @param at where the row's begin
   * @param g replaced by the first derivatives
   * @param h replaced by the second derivatives, more than 0
   * @return the loss
   */
  abstract double derive(float[] margins, int at, int outputs, float label, double[] g, double[] h);
}
