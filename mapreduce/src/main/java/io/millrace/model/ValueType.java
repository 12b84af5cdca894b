package io.millrace.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a model takes or gives under one name. */
public sealed interface ValueType {
  /** The type for a person to read. */
  String describe();

  /**
   * A tensor.
   *
   * @param shape its dimensions, empty where they are free; or nothing where the model does not say
   */
  record Tensor(ElementType element, Optional<List<OptionalLong>> shape) implements ValueType {
    public Tensor {
      shape = shape.map(List::copyOf);
    }

    @Override
    public String describe() {
      return element.onnxName()
          + shape
              .map(
                  dimensions ->
                      dimensions.stream()
                          .map(d -> d.isPresent() ? Long.toString(d.getAsLong()) : "?")
                          .collect(Collectors.joining(", ", " tensor [", "]")))
              .orElse(" tensor");
    }
  }

  /**
   * A map for each row, made by a ZipMap node (ONNX-ML operators, ZipMap) from a float tensor.
   *
   * @param tensor the name of that tensor within the graph
   * @param keys the maps' keys, in the order of the tensor's columns
   */
  record ZipMap(String tensor, List<String> keys) implements ValueType {
    public ZipMap {
      keys = List.copyOf(keys);
    }

    @Override
    public String describe() {
      return "map with the keys " + String.join(", ", keys);
    }
  }

  /** Whatever neither takes columns nor gives scores. */
  record Other(String describe) implements ValueType {}
}
