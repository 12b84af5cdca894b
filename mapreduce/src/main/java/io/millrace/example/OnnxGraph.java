package io.millrace.example;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * An ONNX graph (opset 17, IR version 8) over float columns of shape [batch, 1], built node by
 * node: each call gives the name under which its result is used further on.
 */
final class OnnxGraph {
  private static final int OPSET = 17;
  private static final int ML_OPSET = 3;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph;

  OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  String input(String name, String doc) {
    graph.addInput(column(name, doc));
    return name;
  }

  String constant(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addFloatData(value));
    return name;
  }

  String node(String result, String operator, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(result)
            .setOpType(operator)
            .addAllInput(List.of(inputs))
            .addOutput(result));
    return result;
  }

  void output(String name, String doc) {
    graph.addOutput(column(name, doc));
  }

  /** The whole model; the same graph always gives the same bytes. */
  byte[] toModel(String doc) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("millrace")
        .setDocString(doc)
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(ML_OPSET))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto column(String name, String doc) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1))
            .build();
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setDocString(doc)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
