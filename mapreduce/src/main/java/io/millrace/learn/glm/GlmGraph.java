package io.millrace.learn.glm;

import io.millrace.learn.ModelOutputs;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparationGraph;
import io.millrace.model.graph.OnnxGraphBuilder;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes a generalised linear model as an ONNX file, preparation included, in double precision. Its
 * inputs are those of {@link PreparationGraph}, its outputs those of {@link ModelOutputs}.
 */
public final class GlmGraph {
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
      case LOGISTIC -> ModelOutputs.probability(graph, margins);
      case LINEAR -> ModelOutputs.number(graph, margins);
      case POISSON -> ModelOutputs.count(graph, margins);
      case MULTINOMIAL -> ModelOutputs.classes(graph, margins, model.classes());
    }
    return graph.toModel(
        "A %s model, trained by Millrace".formatted(model.family().word()), new TreeMap<>());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
