package io.millrace.bench;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.millrace.bench.engine.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Models that cost what real ones of their size do: drawn from a seed, not learnt. Both take a
 * tensor {@code inputs [?, n]} of floats and give {@code risk [?, 1]}, 0 to 1.
 */
final class Models {
  static final String OUTPUT = "risk";

  private static final int TREES = 100;
  private static final int DEPTH = 6;
  private static final long SEED = 7;

  private Models() {}

  /** sigmoid(inputs · weights + bias). */
  static byte[] logistic() {
    List<String> inputs = Columns.inputs();
    Random random = new Random(SEED);
    TensorProto.Builder weights = tensor("weights", inputs.size(), 1);
    for (String input : inputs) {
      weights.addFloatData((float) (random.nextGaussian() / scale(input)));
    }
    GraphProto.Builder graph =
        graph("logistic")
            .addInitializer(weights)
            .addInitializer(tensor("bias", 1).addFloatData(-3))
            .addNode(node("Gemm", "log_odds", "inputs", "weights", "bias"))
            .addNode(node("Sigmoid", OUTPUT, "log_odds"));
    return model(graph);
  }

  /** The sigmoid of the sum of 100 whole trees of depth 6; at a NaN either way, as drawn. */
  static byte[] trees() {
    Random random = new Random(SEED);
    List<String> inputs = Columns.inputs();
    List<Long> trees = new ArrayList<>();
    List<Long> nodes = new ArrayList<>();
    List<Long> features = new ArrayList<>();
    List<String> modes = new ArrayList<>();
    List<Float> thresholds = new ArrayList<>();
    List<Long> ifTrue = new ArrayList<>();
    List<Long> ifFalse = new ArrayList<>();
    List<Long> missingIsTrue = new ArrayList<>();
    List<Long> leafTrees = new ArrayList<>();
    List<Long> leafNodes = new ArrayList<>();
    List<Float> leafWeights = new ArrayList<>();
    int leavesFrom = (1 << DEPTH) - 1;
    for (long tree = 0; tree < TREES; tree++) {
      for (long node = 0; node < 2L * leavesFrom + 1; node++) {
        boolean leaf = node >= leavesFrom;
        int feature = random.nextInt(inputs.size());
        trees.add(tree);
        nodes.add(node);
        features.add(leaf ? 0L : feature);
        modes.add(leaf ? "LEAF" : "BRANCH_LEQ");
        thresholds.add(leaf ? 0 : (float) (scale(inputs.get(feature)) * random.nextDouble()));
        ifTrue.add(leaf ? 0 : 2 * node + 1);
        ifFalse.add(leaf ? 0 : 2 * node + 2);
        missingIsTrue.add((long) random.nextInt(2));
        if (leaf) {
          leafTrees.add(tree);
          leafNodes.add(node);
          leafWeights.add((float) (random.nextGaussian() / 10));
        }
      }
    }
    NodeProto ensemble =
        node("TreeEnsembleRegressor", OUTPUT, "inputs").toBuilder()
            .setDomain("ai.onnx.ml")
            .addAttribute(integers("nodes_treeids", trees))
            .addAttribute(integers("nodes_nodeids", nodes))
            .addAttribute(integers("nodes_featureids", features))
            .addAttribute(texts("nodes_modes", modes))
            .addAttribute(floats("nodes_values", thresholds))
            .addAttribute(integers("nodes_truenodeids", ifTrue))
            .addAttribute(integers("nodes_falsenodeids", ifFalse))
            .addAttribute(integers("nodes_missing_value_tracks_true", missingIsTrue))
            .addAttribute(integers("target_treeids", leafTrees))
            .addAttribute(integers("target_nodeids", leafNodes))
            .addAttribute(integers("target_ids", leafTrees.stream().map(any -> 0L).toList()))
            .addAttribute(floats("target_weights", leafWeights))
            .addAttribute(integer("n_targets", 1))
            .addAttribute(text("post_transform", "LOGISTIC"))
            .build();
    return model(graph("trees").addNode(ensemble));
  }

  /** About the greatest usual value of an input. */
  private static double scale(String input) {
    if (input.equals("hour")) {
      return 24;
    }
    if (input.contains("txn_count")) {
      return input.startsWith("card") ? 4 : 60;
    }
    return input.contains("share") || input.contains("risk") ? 1 : 200;
  }

  private static GraphProto.Builder graph(String name) {
    return GraphProto.newBuilder()
        .setName(name)
        .addInput(value("inputs", Columns.inputs().size()))
        .addOutput(value(OUTPUT, 1));
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("millrace bench")
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorProto.Builder tensor(String name, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private static NodeProto node(String operator, String result, String... inputs) {
    return NodeProto.newBuilder()
        .setName(result)
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(result)
        .build();
  }

  private static AttributeProto integers(String name, List<Long> values) {
    return attribute(name, AttributeProto.AttributeType.INTS).addAllInts(values).build();
  }

  private static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  private static AttributeProto floats(String name, List<Float> values) {
    return attribute(name, AttributeProto.AttributeType.FLOATS).addAllFloats(values).build();
  }

  private static AttributeProto texts(String name, List<String> values) {
    return attribute(name, AttributeProto.AttributeType.STRINGS)
        .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
        .build();
  }

  private static AttributeProto text(String name, String value) {
    return attribute(name, AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
