package io.millrace.learn.prepare;

import io.millrace.row.Column;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.util.Optional;

/** What is wanted of one input. */
public sealed interface InputPlan {
  /** Why a column cannot be prepared like this, as a sentence; or nothing where it can. */
  Optional<String> problem(Column column);

  /**
   * A number, or a BOOLEAN as 0 or 1. Steps are taken in the order of the components.
   *
   * @param indicator whether a column says where it is NULL, if it ever is in the training rows
   * @param clip quantiles beyond which values are moved to
   * @param log1p {@code sign(x) ln(1 + |x|)}
   */
  record Numbers(
      Imputation imputation, boolean indicator, Optional<Clip> clip, boolean log1p, Form form)
      implements InputPlan {
    @Override
    public Optional<String> problem(Column column) {
      return column.type().kind() == Kind.STRING
          ? Optional.of(
              ("%s is VARCHAR, but impute, clip, log1p, bucketise and standardise are of numbers;"
                      + " take one_hot or ordinal")
                  .formatted(column.name()))
          : timeProblem(column);
    }
  }

  /**
   * A column for each value of text, number or BOOLEAN that at least {@code minCount} training rows
   * have, and one for all others if training rows have others. NULL text is the empty text; NULL of
   * other types has a column of its own.
   */
  record OneHot(long minCount) implements InputPlan {
    public OneHot {
      if (minCount < 1) {
        throw new IllegalArgumentException(
            "Cannot have a minimum count of " + minCount + ": it is 1 at least");
      }
    }

    @Override
    public Optional<String> problem(Column column) {
      return timeProblem(column);
    }
  }

  /**
   * The number of a text among the different texts of the training rows, from 0, in the order of
   * their UTF-8 bytes; -1 where they do not have it. NULL is the empty text.
   */
  record Ordinal() implements InputPlan {
    @Override
    public Optional<String> problem(Column column) {
      return column.type().kind().isNumeric() || column.type().kind() == Kind.BOOLEAN
          ? Optional.of(
              "%s is %s, but ordinal is of VARCHAR: a number has its order"
                  .formatted(column.name(), column.type().sqlName()))
          : timeProblem(column);
    }
  }

  /** What stands for NULL. */
  sealed interface Imputation {
    /** NaN, which trees can take; buckets and one-hot columns are all 0. */
    record None() implements Imputation {}

    record Mean() implements Imputation {}

    record Median() implements Imputation {}

    record Constant(double value) implements Imputation {}
  }

  /**
   * The quantiles that values are clipped to, such as 0.01 and 0.99.
   *
   * @param low from 0, less than {@code high}
   * @param high up to 1
   */
  record Clip(BigDecimal low, BigDecimal high) {
    public Clip {
      if (low.signum() < 0 || low.compareTo(high) >= 0 || high.compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException(
            "Cannot clip to the quantiles %s and %s: expected 0 <= low < high <= 1"
                .formatted(low, high));
      }
    }
  }

  /** What becomes of the number in the end. */
  sealed interface Form {
    record AsItIs() implements Form {}

    /**
     * {@code (x - mean) / standard deviation}, both of the training rows as the steps before left
     * them.
     */
    record Standardised() implements Form {}

    /**
     * A column for each bucket; buckets lie between quantiles of the number, not of its logarithm,
     * so that they hold equally many.
     */
    record Buckets(int count) implements Form {
      public Buckets {
        if (count < 2) {
          throw new IllegalArgumentException(
              "Cannot make %d buckets: expected 2 or more".formatted(count));
        }
      }
    }
  }

  private static Optional<String> timeProblem(Column column) {
    Kind kind = column.type().kind();
    return kind == Kind.DATE || kind.isTimestamp()
        ? Optional.of(
            ("%s is %s, but a model takes numbers, BOOLEAN and VARCHAR; derive one from it under"
                    + " clean.derive, such as EXTRACT(%s FROM %s)")
                .formatted(
                    column.name(),
                    column.type().sqlName(),
                    kind == Kind.DATE ? "MONTH" : "HOUR",
                    column.name()))
        : Optional.empty();
  }
}
