package io.millrace.learn;

import io.millrace.model.ElementType;
import io.millrace.model.graph.OnnxAttribute;
import io.millrace.model.graph.OnnxGraphBuilder;
import java.util.List;
import java.util.stream.LongStream;

/** Writes what a trained model says of a row into its graph: the same for models of all kinds. */
public final class ModelOutputs {
  /** The output that is the score: a probability, a mean, or the name of the likeliest class. */
  public static final String SCORE = "score";

  /** The output of a model of several classes that has the probability of each. */
  public static final String PROBABILITIES = "probabilities";

  private ModelOutputs() {}

  /**
   * The probability {@code 1 / (1 + e⁻ᵐ)}.
   *
   * @param margins double tensor of shape [rows, 1]
   */
  public static void probability(OnnxGraphBuilder graph, String margins) {
    score(graph, graph.node("Sigmoid", List.of(margins)), "The probability, from 0 to 1");
  }

  /**
   * An expected value.
   *
   * @param values double tensor of shape [rows, 1]
   */
  public static void number(OnnxGraphBuilder graph, String values) {
    score(graph, values, "The expected value");
  }

  /** The expected value eᵐ. */
  public static void count(OnnxGraphBuilder graph, String margins) {
    number(graph, graph.node("Exp", List.of(margins)));
  }

  private static void score(OnnxGraphBuilder graph, String tensor, String doc) {
    graph.output(SCORE, tensor, ElementType.DOUBLE, 1, doc);
  }

  /**
   * The likeliest class, and the probability of each, {@code softmax(m)}.
   *
   * @param margins double tensor of shape [rows, classes]
   */
  public static void classes(OnnxGraphBuilder graph, String margins, List<String> classes) {
    String probabilities = graph.node("Softmax", List.of(margins), OnnxAttribute.of("axis", 1L));
    String likeliest = graph.node("ArgMax", List.of(probabilities), OnnxAttribute.of("axis", 1L));
    String name =
        graph.mlNode(
            "LabelEncoder",
            List.of(likeliest),
            OnnxAttribute.ofLongs("keys_int64s", LongStream.range(0, classes.size()).toArray()),
            OnnxAttribute.ofTexts("values_strings", classes));
    graph.output(SCORE, name, ElementType.STRING, 1, "The likeliest class");
    graph.output(
        PROBABILITIES,
        probabilities,
        ElementType.DOUBLE,
        classes.size(),
        "The probability of each class: " + String.join(", ", classes));
  }
}
