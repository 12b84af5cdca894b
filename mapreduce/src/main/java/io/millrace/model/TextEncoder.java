package io.millrace.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first step of a text on its way through a model: a LabelEncoder (ONNX-ML operators) that
 * gives each of its values a whole number. Taken off the graph and done on the text where it lies:
 * to hand text to ONNX Runtime costs more than many a model.
 *
 * @param input of the model, which takes text
 * @param output the tensor of the numbers, of the same shape: an input of the graph that is left
 */
record TextEncoder(String input, String output, TextCodes codes) {
  /**
   * A model without its first steps.
   *
   * @param encoders what has to be done before it
   */
  record Split(ModelProto model, List<TextEncoder> encoders) {}

  /**
   * Takes off a model's graph the LabelEncoders of text inputs that go nowhere else; what is left
   * computes the same of their numbers.
   */
  static Split takeOff(ModelProto model) {
    GraphProto graph = model.getGraph();
    Set<String> texts = new HashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (input.getType().getTensorType().getElemType() == DataType.STRING_VALUE) {
        texts.add(input.getName());
      }
    }
    Set<String> outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    texts.removeAll(outputs);
    Map<String, TextEncoder> encoders = new LinkedHashMap<>(); // by their output
    for (NodeProto node : graph.getNodeList()) {
      Optional<TextEncoder> encoder = of(node, texts).filter(e -> !outputs.contains(e.output()));
      if (encoder.isPresent()) {
        encoders.put(encoder.get().output(), encoder.get());
      } else {
        node.getInputList().forEach(texts::remove);
      }
      if (node.getAttributeList().stream().anyMatch(TextEncoder::isGraph)) {
        return new Split(model, List.of()); // a graph within sees all tensors around it
      }
    }
    encoders.values().removeIf(encoder -> !texts.contains(encoder.input()));
    return encoders.isEmpty() ? new Split(model, List.of()) : without(encoders, model);
  }

  private static boolean isGraph(AttributeProto attribute) {
    return attribute.hasG() || attribute.getGraphsCount() > 0;
  }

  private static Split without(Map<String, TextEncoder> encoders, ModelProto model) {
    Map<String, List<TextEncoder>> byInput =
        encoders.values().stream().collect(Collectors.groupingBy(TextEncoder::input));
    GraphProto graph = model.getGraph();
    GraphProto.Builder left = graph.toBuilder().clearInput().clearNode().clearValueInfo();
    List<TextEncoder> taken = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      List<TextEncoder> own = byInput.getOrDefault(input.getName(), List.of());
      if (own.isEmpty()) {
        left.addInput(input);
      }
      for (TextEncoder encoder : own) {
        ValueInfoProto.Builder changed = input.toBuilder().setName(encoder.output());
        changed.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.INT64_VALUE);
        left.addInput(changed);
        taken.add(encoder);
      }
    }
    graph.getNodeList().stream()
        .filter(node -> node.getOutputList().stream().noneMatch(encoders::containsKey))
        .forEach(left::addNode);
    graph.getValueInfoList().stream()
        .filter(value -> !encoders.containsKey(value.getName()))
        .forEach(left::addValueInfo);
    return new Split(model.toBuilder().setGraph(left).build(), taken);
  }

  /** The encoder that a node is, where it is one of whole numbers, by two lists. */
  private static Optional<TextEncoder> of(NodeProto node, Set<String> texts) {
    if (!node.getDomain().equals("ai.onnx.ml")
        || !node.getOpType().equals("LabelEncoder")
        || node.getInputCount() != 1
        || !texts.contains(node.getInput(0))) {
      return Optional.empty();
    }
    List<ByteString> keys = List.of();
    List<Long> values = List.of();
    long other = -1; // as the operator has it
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals("keys_strings")
          && attribute.getType() == AttributeType.STRINGS) {
        keys = attribute.getStringsList();
      } else if (attribute.getName().equals("values_int64s")
          && attribute.getType() == AttributeType.INTS) {
        values = attribute.getIntsList();
      } else if (attribute.getName().equals("default_int64")
          && attribute.getType() == AttributeType.INT) {
        other = attribute.getI();
      }
    }
    if (keys.isEmpty() || keys.size() != values.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new TextEncoder(
            node.getInput(0),
            node.getOutput(0),
            new TextCodes(
                keys.stream().map(ByteString::toByteArray).toList(),
                values.stream().mapToLong(Long::longValue).toArray(),
                other)));
  }
}
