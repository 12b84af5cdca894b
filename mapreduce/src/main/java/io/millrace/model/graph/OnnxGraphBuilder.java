package io.millrace.model.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.millrace.model.ElementType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * Writes an ONNX graph (IR version 8, opset 17, ai.onnx.ml 4) node by node: each call gives the
 * name of a tensor to go on with. Names within the graph follow from the order of the calls, so
 * that the same calls always give the same bytes. Not thread-safe.
 */
public final class OnnxGraphBuilder {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final int ML_OPSET = 4;
  private static final String ML = "ai.onnx.ml";

  private final GraphProto.Builder graph;
  private final Set<String> taken = new HashSet<>();
  private int tensors;

  public OnnxGraphBuilder(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * An input of shape [rows, 1].
   *
   * @param doc what is fed, for a person
   */
  public String input(String name, ElementType type, String doc) {
    if (!taken.add(name)) {
      throw new IllegalArgumentException("Cannot have two tensors of one name: " + name);
    }
    graph.addInput(value(name, type, 1).setDocString(doc));
    return name;
  }

  public String constant(double[] values, long... shape) {
    String name = newName("constant");
    graph.addInitializer(OnnxAttribute.tensor(name, values, shape));
    return name;
  }

  public String constant(float[] values, long... shape) {
    String name = newName("constant");
    graph.addInitializer(OnnxAttribute.tensor(name, values, shape));
    return name;
  }

  public String constant(long[] values, long... shape) {
    String name = newName("constant");
    graph.addInitializer(OnnxAttribute.tensor(name, values, shape));
    return name;
  }

  /** One number, of no dimension. */
  public String constant(double value) {
    return constant(new double[] {value});
  }

  /** A node of the standard operators that gives one tensor. */
  public String node(String operator, List<String> inputs, OnnxAttribute... attributes) {
    return node("", operator, inputs, attributes);
  }

  /** A node of the operators for machine learning that gives one tensor. */
  public String mlNode(String operator, List<String> inputs, OnnxAttribute... attributes) {
    return node(ML, operator, inputs, attributes);
  }

  private String node(
      String domain, String operator, List<String> inputs, OnnxAttribute... attributes) {
    String result = newName(operator);
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(result)
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(result);
    for (OnnxAttribute attribute : attributes) {
      node.addAttribute(attribute.proto());
    }
    graph.addNode(node);
    return result;
  }

  /** Tensors of one type as another. */
  public String cast(String tensor, ElementType type) {
    return node("Cast", List.of(tensor), OnnxAttribute.of("to", type.onnxType().getNumber()));
  }

  /** Matrices of as many rows, side by side. */
  public String columns(List<String> matrices) {
    return matrices.size() == 1
        ? matrices.get(0)
        : node("Concat", matrices, OnnxAttribute.of("axis", 1L));
  }

  /**
   * Makes a tensor an output of shape [rows, columns].
   *
   * @param doc what it means, for a person
   */
  public void output(String name, String tensor, ElementType type, long columns, String doc) {
    if (!taken.add(name)) {
      throw new IllegalArgumentException("Cannot have two tensors of one name: " + name);
    }
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType("Identity")
            .addInput(tensor)
            .addOutput(name));
    graph.addOutput(value(name, type, columns).setDocString(doc));
  }

  /**
   * The bytes of the file.
   *
   * @param doc what the model is, for a person
   * @param properties whatever else the file is to say of itself
   */
  public byte[] toModel(String doc, SortedMap<String, String> properties) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("millrace")
            .setDocString(doc)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET));
    properties.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  /** A name that no input has. */
  private String newName(String kind) {
    String name;
    do {
      name = "%s/%d".formatted(kind, tensors++);
    } while (!taken.add(name));
    return name;
  }

  private static ValueInfoProto.Builder value(String name, ElementType type, long columns) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.onnxType().getNumber())
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(columns)))));
  }
}
