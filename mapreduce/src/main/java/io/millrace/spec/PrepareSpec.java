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
 * @param clip to what limits numbers are cut
 * @param log1p whether x becomes log(1 + x)
 * @param bucketise into how many buckets of about equal size numbers fall, each a column of its own
 * @param standardise whether the mean is taken off and the rest divided by the standard deviation
 * @param encoding how text becomes numbers
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
    /** The mean of the training rows' values, by weight. */
    record Mean() implements Impute {}

    /** The median of the training rows' values. */
    record Median() implements Impute {}

    record Constant(double value) implements Impute {}
  }

  /** What lies below or above is cut to the limit. */
  public record Clip(Bound low, Bound high) {}

  /** A limit of a column's values. */
  public sealed interface Bound {
    /**
     * The value below which this share of the training rows lies.
     *
     * @param share 0 to 1
     */
    record Quantile(BigDecimal share) implements Bound {}

    record Value(double value) implements Bound {}
  }

  /** How text becomes numbers. */
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
