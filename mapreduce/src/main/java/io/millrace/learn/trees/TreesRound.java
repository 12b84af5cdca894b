package io.millrace.learn.trees;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A round of trees.
 *
 * @param number from 1; 0 is before the first tree
 * @param trainingLoss weighted mean of the rows' losses, as {@link Objective} has them
 * @param validationLossOrNull the same of the validation rows; null where there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TreesRound(int number, double trainingLoss, @Nullable Double validationLossOrNull) {
  /** The loss of the validation rows; nothing where there are none. */
  public OptionalDouble validationLoss() {
    return validationLossOrNull == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(validationLossOrNull);
  }
}
