package io.millrace.job.evaluate;

import io.millrace.learn.Part;
import java.util.List;

/**
 * What is needed of a training row beside its score.
 *
 * @param label a number, or 1 and 0
 * @param className the label where it is a class, else empty
 * @param scopes of the groups that it belongs to, encoded as in {@link EvaluateKey}
 * @param permuted whether an input of it was shuffled, or another would be
 */
record Example(
    Part part,
    double label,
    String className,
    double weight,
    List<byte[]> scopes,
    boolean permuted) {
  /** The same row in another group alone. */
  Example permuted(byte[] scope) {
    return new Example(part, label, className, weight, List.of(scope), true);
  }
}
