package io.millrace.learn.glm;

import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparationGraph;
import io.millrace.model.ElementType;
import io.millrace.model.graph.OnnxAttribute;
import io.millrace.model.graph.OnnxGraphBuilder;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Writes a generalised linear model as an ONNX file, preparation included, in double precision. Its
 * inputs are those of {@link PreparationGraph}.
 */
public final class GlmGraph {
  /** The output that is the score: a probability, a mean, or the name of the likeliest class. */
  public static final String SCORE = "score";

  /** The output of a multinomial model that has the probability of each class. */
  public static final String PROBABILITIES = "probabilities";

  private GlmGraph() {}

  /**
   * The bytes of the file; the same for the same arguments.
   *
   * @param preparation whose design columns the model's coefficients are of, in their order
   */
  public static byte[] onnx(Preparation preparation, GlmModel model) {
    int width = preparation.width();
    if (model.columns().size() != width) {
      throw new IllegalArgumentException(
          "Cannot write a model of %d coefficients: its preparation makes %d columns"
              .formatted(model.columns().size(), width));
    }
    OnnxGraphBuilder graph = new OnnxGraphBuilder("glm");
    String margins =
        PreparationGraph.writeCombinations(
            preparation,
            graph,
            model.coefficients().stream().map(GlmGraph::array).toArray(double[][]::new),
            array(model.intercepts()));
    switch (model.family()) {
      case LOGISTIC ->
          score(graph, graph.node("Sigmoid", List.of(margins)), "The probability, from 0 to 1");
      case LINEAR -> score(graph, margins, "The expected value");
      case POISSON -> score(graph, graph.node("Exp", List.of(margins)), "The expected value");
      case MULTINOMIAL -> classes(graph, margins, model.classes());
    }
    return graph.toModel(
        "A %s model, trained by Millrace".formatted(model.family().word()), new TreeMap<>());
  }

  private static void score(OnnxGraphBuilder graph, String tensor, String doc) {
    graph.output(SCORE, tensor, ElementType.DOUBLE, 1, doc);
  }

  private static void classes(OnnxGraphBuilder graph, String margins, List<String> classes) {
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

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
