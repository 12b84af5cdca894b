package io.millrace.spec;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How inputs are prepared for the model. What is not said follows from the kind of model and the
 * column's type. The order of steps is fixed: impute, clip, log1p, bucketise, standardise.
 *
 * @param inputs a name, or a pattern in which {@code *} stands for any text
 * @param impute what a NULL number becomes
 * @param indicator whether a column of its own says where there was NULL; not said: where training
 *     rows have NULLs that are imputed
 * @param clip to which quantiles numbers are cut
 * @param log1p whether x becomes sign(x)·log(1 + |x|)
 * @param bucketise into how many buckets of about equal size numbers fall, each a column of its own
 * @param standardise whether the mean is taken off and the rest divided by the standard deviation
 * @param encoding how a value becomes numbers that is none, or is not to count as one
 */
public record PrepareSpec(
    Located<String> inputs,
    Optional<Impute> impute,
    Optional<Boolean> indicator,
    Optional<Clip> clip,
    boolean log1p,
    Optional<Integer> bucketise,
    Optional<Boolean> standardise,
    Optional<Encoding> encoding) {

  /** Whether an input is meant. */
  public boolean isOf(String input) {
    return new NamePattern(inputs.value()).matches(input);
  }

  /** What a NULL becomes. */
  public sealed interface Impute {
    /** The mean of the training rows' values, each counting once. */
    record Mean() implements Impute {}

    /** The median of the training rows' values. */
    record Median() implements Impute {}

    record Constant(double value) implements Impute {}
  }

  /**
   * What lies below one quantile of the training rows or above another is cut to it.
   *
   * @param low from 0, less than {@code high}
   * @param high up to 1
   */
  public record Clip(BigDecimal low, BigDecimal high) {}

  /** How values become numbers that are none, or do not count as such. */
  public sealed interface Encoding {
    /**
     * A column of 0 and 1 for each value, and one for all rare and unknown ones.
     *
     * @param minCount training rows that a value needs for a column of its own
     */
    record OneHot(int minCount) implements Encoding {}

    /** The place of the value in the order of its bytes; -1 for unknown ones. */
    record Ordinal() implements Encoding {}
  }
}
