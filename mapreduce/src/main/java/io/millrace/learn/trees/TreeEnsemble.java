package io.millrace.learn.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Trees as plain data. The margins of a row are {@code base} + the sum of the weights of the leaves
 * that it comes to, for each output its own trees.
 *
 * @param outputs numbers that are said of a row
 * @param base the margin of each before the first tree
 * @param width columns of the design matrix
 * @param trees in the order in which they were grown: of each round one an output
 */
public record TreeEnsemble(
    Objective objective, int outputs, List<Float> base, int width, List<Tree> trees) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public TreeEnsemble {
    base = List.copyOf(base);
    trees = List.copyOf(trees);
    if (base.size() != outputs || trees.size() % outputs != 0) {
      throw new IllegalArgumentException(
          "Cannot have %d trees and %d bases of %d outputs"
              .formatted(trees.size(), base.size(), outputs));
    }
  }

  /**
   * A tree.
   *
   * @param nodes the root first; children lie behind their parents
   */
  public record Tree(List<Node> nodes) {
    public Tree {
      nodes = List.copyOf(nodes);
    }
  }

  /** A node of a tree. */
  public sealed interface Node {}

  /** Where a row ends, and what it adds to the margin. */
  public record Leaf(float weight) implements Node {}

  /**
   * A row whose value of the column is less than the threshold goes left, all others right.
   *
   * @param unknownLeft where a row goes whose value is not known
   * @param gain by how much the split has lowered the loss, as its second-order approximation says
   */
  public record Split(
      int column, float threshold, boolean unknownLeft, int left, int right, double gain)
      implements Node {}

  /** Reads a model in XGBoost's JSON, whose matrix had these columns. */
  static TreeEnsemble read(byte[] json, DesignColumns columns) throws IOException {
    JsonNode learner = JSON.readTree(json).path("learner");
    String name = learner.at("/objective/name").asText();
    for (Objective objective : Objective.values()) {
      if (objective.xgboostName().equals(name)) {
        return read(learner, objective, columns);
      }
    }
    throw new IOException("Cannot read trees with the objective " + name);
  }

  private static TreeEnsemble read(JsonNode learner, Objective objective, DesignColumns columns)
      throws IOException {
    JsonNode parameters = learner.path("learner_model_param");
    int outputs = Math.max(1, parameters.path("num_class").asInt());
    BitSet zeroOrOne = columns.zeroOrOneSet();
    List<Tree> trees = new ArrayList<>();
    JsonNode model = learner.at("/gradient_booster/model");
    for (int i = 0; i < model.path("trees").size(); i++) {
      if (model.path("tree_info").path(i).asInt() != i % outputs) {
        throw new IOException("Cannot read trees: tree %d is of another output".formatted(i));
      }
      trees.add(tree(model.path("trees").path(i), zeroOrOne));
    }
    return new TreeEnsemble(
        objective,
        outputs,
        base(parameters.path("base_score").asText(), objective, outputs),
        columns.width(),
        trees);
  }

  /** One number, or a list of one an output, in brackets. */
  private static List<Float> base(String text, Objective objective, int outputs) {
    List<Float> base = new ArrayList<>();
    for (String number : text.replaceAll("[\\[\\]]", "").split(",", -1)) {
      base.add(margin(Float.parseFloat(number), objective));
    }
    while (base.size() < outputs) {
      base.add(base.get(0));
    }
    return base;
  }

  /** XGBoost keeps the base as a prediction, with the arithmetic of floats. */
  private static float margin(float base, Objective objective) {
    return switch (objective) {
      case LOGISTIC -> (float) -StrictMath.log(1f / base - 1f);
      case POISSON -> (float) StrictMath.log(base);
      case SOFTMAX, SQUARED_ERROR -> base;
    };
  }

  private static Tree tree(JsonNode json, BitSet zeroOrOne) throws IOException {
    JsonNode left = json.path("left_children");
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      float value = (float) json.path("split_conditions").path(i).doubleValue();
      if (left.path(i).asInt() < 0) {
        nodes.add(new Leaf(value));
        continue;
      }
      if (json.path("split_type").path(i).asInt() != 0) {
        throw new IOException("Cannot read trees that split categories");
      }
      Split split =
          new Split(
              json.path("split_indices").path(i).asInt(),
              value,
              json.path("default_left").path(i).asInt() != 0,
              left.path(i).asInt(),
              json.path("right_children").path(i).asInt(),
              json.path("loss_changes").path(i).doubleValue());
      nodes.add(zeroOrOne.get(split.column()) ? ofZeroOrOne(split) : split);
    }
    return new Tree(nodes);
  }

  /**
   * The split for a column that holds 0 where XGBoost was told nothing (see {@link MatrixBatches}):
   * 0 goes where the unknown went, 1 where it went.
   */
  private static Split ofZeroOrOne(Split split) {
    int zero = split.unknownLeft() ? split.left() : split.right();
    int one = 1 < split.threshold() ? split.left() : split.right();
    return new Split(split.column(), 0.5f, true, zero, one, split.gain());
  }

  /** The trees of the first rounds. */
  TreeEnsemble first(int rounds) {
    return new TreeEnsemble(objective, outputs, base, width, trees.subList(0, rounds * outputs));
  }

  /**
   * For each column, by how much splits on it have lowered the loss, as a share of all splits. All
   * are 0 where there is no split.
   */
  public List<Double> gains() {
    double[] gains = new double[width];
    double all = 0;
    for (Tree tree : trees) {
      for (Node node : tree.nodes()) {
        if (node instanceof Split split) {
          gains[split.column()] += split.gain();
          all += split.gain();
        }
      }
    }
    List<Double> shares = new ArrayList<>();
    for (double gain : gains) {
      shares.add(all > 0 ? gain / all : 0);
    }
    return shares;
  }
}
