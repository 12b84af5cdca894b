package io.millrace.learn.metrics;

import java.util.Locale;

/** How far a score is from a number, by the family of the model. */
public enum UnitDeviance {
  /** (y − s)². */
  GAUSSIAN {
    @Override
    double of(double label, double score) {
      return (label - score) * (label - score);
    }

    @Override
    boolean takes(double label, double score) {
      return true;
    }
  },

  /** 2·(y·ln(y/s) − y + s), of which the first term is 0 where y is 0. */
  POISSON {
    @Override
    double of(double label, double score) {
      double term = label == 0 ? 0 : label * StrictMath.log(label / score);
      return 2 * (term - label + score);
    }

    @Override
    boolean takes(double label, double score) {
      return label >= 0 && score > 0;
    }
  };

  /** The deviance of one row. */
  abstract double of(double label, double score);

  /** Whether it is defined for a row. */
  abstract boolean takes(double label, double score);

  /** Its name as a parameter of {@link Metric#DEVIANCE}. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
