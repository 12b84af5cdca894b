package io.millrace.learn.prepare;

import io.millrace.model.ElementType;
import io.millrace.model.graph.OnnxGraphBuilder;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Writes the steps that numbers go through into a graph: double matrices, a column a number. */
final class NumberNodes {
  private final OnnxGraphBuilder graph;

  NumberNodes(OnnxGraphBuilder graph) {
    this.graph = graph;
  }

  /** Numbers after their steps, a column each; all go through the same kinds of steps. */
  String through(List<List<NumberStep>> steps, String values) {
    String result = values;
    for (int i = 0; i < steps.get(0).size(); i++) {
      int at = i;
      result = step(steps.stream().map(ofColumn -> ofColumn.get(at)).toList(), result);
    }
    return result;
  }

  private String step(List<NumberStep> steps, String values) {
    NumberStep kind = steps.get(0);
    if (kind instanceof NumberStep.Impute) {
      String imputed = vector(steps, step -> ((NumberStep.Impute) step).value());
      return graph.node("Where", List.of(isMissing(values), imputed, values));
    }
    if (kind instanceof NumberStep.Clip) {
      String low = vector(steps, step -> ((NumberStep.Clip) step).low());
      String high = vector(steps, step -> ((NumberStep.Clip) step).high());
      // unlike Max and Min, a comparison lets NaN through for certain
      String raised =
          graph.node("Where", List.of(graph.node("Less", List.of(values, low)), low, values));
      return graph.node(
          "Where", List.of(graph.node("Greater", List.of(raised, high)), high, raised));
    }
    if (kind instanceof NumberStep.Log1p) {
      String magnitude = graph.node("Abs", List.of(values));
      String logarithm =
          graph.node("Log", List.of(graph.node("Add", List.of(magnitude, graph.constant(1.0)))));
      return graph.node("Mul", List.of(graph.node("Sign", List.of(values)), logarithm));
    }
    String mean = vector(steps, step -> ((NumberStep.Standardise) step).mean());
    String deviation = vector(steps, step -> ((NumberStep.Standardise) step).deviation());
    return graph.node("Div", List.of(graph.node("Sub", List.of(values, mean)), deviation));
  }

  private String vector(List<NumberStep> steps, ToDoubleFunction<NumberStep> value) {
    return graph.constant(steps.stream().mapToDouble(value).toArray(), 1, steps.size());
  }

  /** NaN where a number is infinite, as {@link NumberReader} has it. */
  String finite(String values) {
    return graph.node("Add", List.of(values, graph.node("Sub", List.of(values, values))));
  }

  String isMissing(String values) {
    return graph.node("IsNaN", List.of(values));
  }

  String asDoubles(String tensor) {
    return graph.cast(tensor, ElementType.DOUBLE);
  }
}
