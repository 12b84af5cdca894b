package io.millrace.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The graph of an ONNX file as protobuf (ONNX IR specification). */
final class OnnxGraph {
  private final ModelProto model;
  private final Map<String, NodeProto> zipMaps = new HashMap<>();

  private OnnxGraph(ModelProto model) {
    this.model = model;
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (node.getOpType().equals("ZipMap") && node.getInputCount() == 1) {
        zipMaps.put(node.getOutput(0), node);
      }
    }
  }

  static OnnxGraph parse(byte[] onnx) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "Cannot read an ONNX model: " + onnx.length + " bytes that are no ONNX file", e);
    }
    if (model.getIrVersion() <= 0 || model.getGraph().getOutputCount() == 0) {
      throw new IllegalArgumentException(
          "Cannot read an ONNX model: "
              + onnx.length
              + " bytes without a graph that gives anything");
    }
    for (TensorProto weights : model.getGraph().getInitializerList()) {
      if (weights.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
        throw new IllegalArgumentException(
            "Cannot read an ONNX model whose weights lie in other files: "
                + weights.getName()
                + "; save it as one file");
      }
    }
    return new OnnxGraph(model);
  }

  ModelSignature signature() {
    GraphProto graph = model.getGraph();
    // up to IR version 3 every weight is an input too
    Set<String> weights = new HashSet<>();
    graph.getInitializerList().forEach(weight -> weights.add(weight.getName()));
    graph.getSparseInitializerList().forEach(weight -> weights.add(weight.getValues().getName()));
    return new ModelSignature(
        graph.getInputList().stream()
            .filter(input -> !weights.contains(input.getName()))
            .map(input -> new ModelSignature.Value(input.getName(), type(input.getType())))
            .toList(),
        graph.getOutputList().stream().map(this::output).toList(),
        memory());
  }

  private ModelMemory memory() {
    long weights = 0;
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      weights += weight.getSerializedSize();
    }
    return ModelMemory.of(model.getSerializedSize(), weights);
  }

  private ModelSignature.Value output(ValueInfoProto output) {
    NodeProto zipMap = zipMaps.get(output.getName());
    return new ModelSignature.Value(
        output.getName(),
        zipMap == null
            ? type(output.getType())
            : new ValueType.ZipMap(zipMap.getInput(0), keys(zipMap)));
  }

  private static List<String> keys(NodeProto zipMap) {
    for (AttributeProto attribute : zipMap.getAttributeList()) {
      if (attribute.getName().equals("classlabels_int64s") && attribute.getIntsCount() > 0) {
        return attribute.getIntsList().stream().map(String::valueOf).toList();
      }
      if (attribute.getName().equals("classlabels_strings") && attribute.getStringsCount() > 0) {
        return attribute.getStringsList().stream().map(key -> key.toStringUtf8()).toList();
      }
    }
    return List.of();
  }

  private static ValueType type(TypeProto type) {
    return switch (type.getValueCase()) {
      case TENSOR_TYPE -> tensor(type.getTensorType());
      case SEQUENCE_TYPE ->
          new ValueType.Other(
              "sequence of " + type(type.getSequenceType().getElemType()).describe());
      case MAP_TYPE -> new ValueType.Other("map");
      case OPTIONAL_TYPE -> new ValueType.Other("optional value");
      case SPARSE_TENSOR_TYPE -> new ValueType.Other("sparse tensor");
      case OPAQUE_TYPE -> new ValueType.Other("opaque value");
      case VALUE_NOT_SET -> new ValueType.Other("value of unknown type");
    };
  }

  private static ValueType tensor(TypeProto.Tensor tensor) {
    Optional<ElementType> element = ElementType.of(tensor.getElemType());
    if (element.isEmpty()) {
      TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getElemType());
      return new ValueType.Other((type == null ? "unknown" : lowerCase(type)) + " tensor");
    }
    return new ValueType.Tensor(
        element.get(),
        tensor.hasShape()
            ? Optional.of(
                tensor.getShape().getDimList().stream().map(OnnxGraph::dimension).toList())
            : Optional.empty());
  }

  private static String lowerCase(TensorProto.DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static OptionalLong dimension(TensorShapeProto.Dimension dimension) {
    // some exporters write 0 or -1 for a free dimension
    return dimension.hasDimValue() && dimension.getDimValue() > 0
        ? OptionalLong.of(dimension.getDimValue())
        : OptionalLong.empty();
  }

  /**
   * The model with one tensor of the graph as its only output, and without the ZipMaps, which would
   * make a map a row for nobody.
   */
  ModelProto withOnlyOutput(String tensor, ElementType element) {
    GraphProto graph = model.getGraph();
    GraphProto.Builder changed = graph.toBuilder().clearOutput().clearNode();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOutputCount() == 0 || !zipMaps.containsKey(node.getOutput(0))) {
        changed.addNode(node);
      }
    }
    changed.addOutput(tensorOfFreeShape(tensor, element));
    return model.toBuilder().setGraph(changed).build();
  }

  private static ValueInfoProto tensorOfFreeShape(String name, ElementType element) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(element.onnxType().getNumber())))
        .build();
  }
}
