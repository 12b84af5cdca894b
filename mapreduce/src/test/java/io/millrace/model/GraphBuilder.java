package io.millrace.model;

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
import java.util.Arrays;
import java.util.List;

/** Writes small ONNX files for tests. A dimension of -1 is free. */
public final class GraphBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  public GraphBuilder input(String name, TensorProto.DataType type, long... shape) {
    graph.addInput(value(name, tensorType(type, shape)));
    return this;
  }

  public GraphBuilder output(String name, TensorProto.DataType type, long... shape) {
    graph.addOutput(value(name, tensorType(type, shape)));
    return this;
  }

  /** An output that a ZipMap makes: a sequence of maps. */
  public GraphBuilder mapsOutput(String name, TensorProto.DataType keys) {
    TypeProto.Map map =
        TypeProto.Map.newBuilder()
            .setKeyType(keys.getNumber())
            .setValueType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder()
                            .setElemType(TensorProto.DataType.FLOAT_VALUE)))
            .build();
    TypeProto sequence =
        TypeProto.newBuilder()
            .setSequenceType(
                TypeProto.Sequence.newBuilder().setElemType(TypeProto.newBuilder().setMapType(map)))
            .build();
    graph.addOutput(value(name, sequence));
    return this;
  }

  public GraphBuilder floats(String name, List<Long> shape, float... values) {
    TensorProto.Builder tensor = weights(name, TensorProto.DataType.FLOAT, shape);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  public GraphBuilder doubles(String name, List<Long> shape, double... values) {
    TensorProto.Builder tensor = weights(name, TensorProto.DataType.DOUBLE, shape);
    for (double value : values) {
      tensor.addDoubleData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  public GraphBuilder externalFloats(String name, long... shape) {
    graph.addInitializer(
        weights(name, TensorProto.DataType.FLOAT, Arrays.stream(shape).boxed().toList())
            .setDataLocation(TensorProto.DataLocation.EXTERNAL));
    return this;
  }

  private static TensorProto.Builder weights(
      String name, TensorProto.DataType type, List<Long> shape) {
    return TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).addAllDims(shape);
  }

  /** A node of the standard operators. */
  public GraphBuilder node(
      String operator, List<String> inputs, String output, AttributeProto... attributes) {
    return node("", operator, inputs, output, attributes);
  }

  /** A node of the machine-learning operators. */
  public GraphBuilder learningNode(
      String operator, List<String> inputs, String output, AttributeProto... attributes) {
    return node("ai.onnx.ml", operator, inputs, output, attributes);
  }

  private GraphBuilder node(
      String domain,
      String operator,
      List<String> inputs,
      String output,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(operator)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  public byte[] toByteArray() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  public static AttributeProto number(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  public static AttributeProto numbers(String name, Long... values) {
    return attribute(name, AttributeProto.AttributeType.INTS).addAllInts(List.of(values)).build();
  }

  public static AttributeProto floats(String name, Float... values) {
    return attribute(name, AttributeProto.AttributeType.FLOATS)
        .addAllFloats(List.of(values))
        .build();
  }

  public static AttributeProto texts(String name, String... values) {
    return attribute(name, AttributeProto.AttributeType.STRINGS)
        .addAllStrings(Arrays.stream(values).map(ByteString::copyFromUtf8).toList())
        .build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static TypeProto tensorType(TensorProto.DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      dimensions.addDim(
          dimension < 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam("rows")
              : TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return TypeProto.newBuilder()
        .setTensorType(
            TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions))
        .build();
  }

  private static ValueInfoProto value(String name, TypeProto type) {
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }
}
