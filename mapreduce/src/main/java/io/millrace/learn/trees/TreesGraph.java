package io.millrace.learn.trees;

import io.millrace.learn.ModelOutputs;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparationGraph;
import io.millrace.learn.trees.TreeEnsemble.Leaf;
import io.millrace.learn.trees.TreeEnsemble.Node;
import io.millrace.learn.trees.TreeEnsemble.Split;
import io.millrace.learn.trees.TreeEnsemble.Tree;
import io.millrace.model.ElementType;
import io.millrace.model.graph.OnnxAttribute;
import io.millrace.model.graph.OnnxGraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes boosted trees as an ONNX file, preparation included: it prepares in double precision,
 * rounds to floats, as XGBoost has them, walks the trees, and goes on from their margins in double
 * precision. Its inputs are those of {@link PreparationGraph}, its outputs those of {@link
 * ModelOutputs}. Predictions are those of XGBoost but for the order in which ONNX Runtime adds the
 * weights of leaves, as floats.
 */
public final class TreesGraph {
  private TreesGraph() {}

  /**
   * The bytes of the file; the same for the same arguments.
   *
   * @param preparation whose design columns the trees split
   * @param classes in the order of their numbers; of trees with one output, none is read
   */
  public static byte[] onnx(Preparation preparation, TreeEnsemble trees, List<String> classes) {
    if (preparation.width() != trees.width()) {
      throw new IllegalArgumentException(
          "Cannot write trees of %d columns: their preparation makes %d"
              .formatted(trees.width(), preparation.width()));
    }
    OnnxGraphBuilder graph = new OnnxGraphBuilder("trees");
    String columns = graph.cast(PreparationGraph.write(preparation, graph), ElementType.FLOAT);
    String margins =
        graph.cast(
            graph.mlNode("TreeEnsembleRegressor", List.of(columns), attributes(trees)),
            ElementType.DOUBLE);
    switch (trees.objective()) {
      case LOGISTIC -> ModelOutputs.probability(graph, margins);
      case SQUARED_ERROR -> ModelOutputs.number(graph, margins);
      case POISSON -> ModelOutputs.count(graph, margins);
      case SOFTMAX -> ModelOutputs.classes(graph, margins, classes);
    }
    return graph.toModel("Boosted trees, trained by Millrace", new TreeMap<>());
  }

  private static OnnxAttribute[] attributes(TreeEnsemble ensemble) {
    Columns nodes = new Columns();
    for (int i = 0; i < ensemble.trees().size(); i++) {
      Tree tree = ensemble.trees().get(i);
      for (int j = 0; j < tree.nodes().size(); j++) {
        nodes.add(i, j, tree.nodes().get(j), i % ensemble.outputs());
      }
    }
    return nodes.attributes(ensemble);
  }

  /** The nodes of all trees, an attribute a property. */
  private static final class Columns {
    private final List<Long> trees = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final List<Long> columns = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<Long> whenTrue = new ArrayList<>();
    private final List<Long> whenFalse = new ArrayList<>();
    private final List<Long> unknownIsTrue = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNumbers = new ArrayList<>();
    private final List<Long> outputs = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();

    void add(long tree, long number, Node node, long output) {
      trees.add(tree);
      numbers.add(number);
      if (node instanceof Split split) {
        add("BRANCH_LT", split);
      } else if (node instanceof Leaf leaf) {
        add("LEAF", new Split(0, 0, false, 0, 0, 0));
        leafTrees.add(tree);
        leafNumbers.add(number);
        outputs.add(output);
        weights.add(leaf.weight());
      }
    }

    private void add(String mode, Split split) {
      modes.add(mode);
      columns.add((long) split.column());
      thresholds.add(split.threshold());
      whenTrue.add((long) split.left());
      whenFalse.add((long) split.right());
      unknownIsTrue.add(split.unknownLeft() ? 1L : 0L);
    }

    OnnxAttribute[] attributes(TreeEnsemble ensemble) {
      return new OnnxAttribute[] {
        longs("nodes_treeids", trees),
        longs("nodes_nodeids", numbers),
        longs("nodes_featureids", columns),
        OnnxAttribute.ofTexts("nodes_modes", modes),
        floats("nodes_values", thresholds),
        longs("nodes_truenodeids", whenTrue),
        longs("nodes_falsenodeids", whenFalse),
        longs("nodes_missing_value_tracks_true", unknownIsTrue),
        longs("target_treeids", leafTrees),
        longs("target_nodeids", leafNumbers),
        longs("target_ids", outputs),
        floats("target_weights", weights),
        OnnxAttribute.of("n_targets", (long) ensemble.outputs()),
        floats("base_values", ensemble.base()),
        OnnxAttribute.of("aggregate_function", "SUM"),
        OnnxAttribute.of("post_transform", "NONE")
      };
    }

    private static OnnxAttribute longs(String name, List<Long> values) {
      return OnnxAttribute.ofLongs(name, values.stream().mapToLong(Long::longValue).toArray());
    }

    private static OnnxAttribute floats(String name, List<Float> values) {
      float[] array = new float[values.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = values.get(i);
      }
      return OnnxAttribute.ofFloats(name, array);
    }
  }
}
