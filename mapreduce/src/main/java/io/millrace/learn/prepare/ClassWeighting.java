package io.millrace.learn.prepare;

import io.millrace.learn.prepare.LabelSummary.ClassCount;
import io.millrace.spec.Located;
import io.millrace.spec.TrainSpec.ClassWeights;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The classes that there are to learn, and by how much their rows count.
 *
 * @param names in the order of their numbers; {@code 0} and {@code 1} of a condition; none where
 *     the label is a number
 * @param weights by which those of rows are multiplied, in the same order; none where all count the
 *     same
 */
public record ClassWeighting(List<String> names, List<Double> weights) {
  private static final String FALSE = "0";
  private static final Map<String, String> CONDITION = Map.of("false", FALSE, "true", "1");

  public ClassWeighting {
    names = List.copyOf(names);
    weights = List.copyOf(weights);
  }

  /**
   * The weighting that a spec asks for. Balanced, a class of n among N rows of k classes has N /
   * (k·n), rows that were sampled away counted with those that stand for them.
   *
   * @param negatives the share of rows with label 0 that was kept
   * @param labels of the rows that are learnt from
   * @param isCondition whether they tell whether a condition holds
   * @throws IllegalArgumentException where a weight is given for a class that there is none of
   */
  public static ClassWeighting of(
      ClassWeights wanted, BigDecimal negatives, LabelSummary labels, boolean isCondition) {
    if (labels instanceof LabelSummary.OfNumbers) {
      return new ClassWeighting(List.of(), List.of());
    }
    LabelSummary.OfClasses ofClasses = (LabelSummary.OfClasses) labels;
    List<String> names = ofClasses.classes().stream().map(ClassCount::label).toList();
    if (wanted instanceof ClassWeights.Given given) {
      return new ClassWeighting(names, given(given, names, isCondition));
    }
    return new ClassWeighting(
        names,
        wanted instanceof ClassWeights.Balanced
            ? balanced(ofClasses.classes(), negatives)
            : List.of());
  }

  private static List<Double> balanced(List<ClassCount> classes, BigDecimal negatives) {
    double share = negatives.doubleValue();
    List<Double> rows =
        classes.stream()
            .map(each -> each.rows() / (share < 1 && each.label().equals(FALSE) ? share : 1))
            .toList();
    double all = rows.stream().mapToDouble(Double::doubleValue).sum();
    return rows.stream().map(each -> all / (classes.size() * each)).toList();
  }

  private static List<Double> given(
      ClassWeights.Given given, List<String> names, boolean isCondition) {
    for (Map.Entry<String, Located<Double>> weight : given.weights().entrySet()) {
      if (!names.contains(name(weight.getKey(), isCondition))) {
        throw new IllegalArgumentException(
            "Cannot weigh the class %s (train.class_weights): the rows to learn from have %s"
                .formatted(weight.getKey(), String.join(", ", names)));
      }
    }
    return names.stream()
        .map(
            name ->
                given.weights().entrySet().stream()
                    .filter(weight -> name(weight.getKey(), isCondition).equals(name))
                    .map(weight -> weight.getValue().value())
                    .findFirst()
                    .orElse(1.0))
        .toList();
  }

  /** A class of a condition is written as its value. */
  private static String name(String written, boolean isCondition) {
    return isCondition ? CONDITION.getOrDefault(written, written) : written;
  }
}
