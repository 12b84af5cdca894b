package io.millrace.model;

import java.util.List;

/**
 * What a model takes and gives, in the order of its file.
 *
 * @param memory that it needs
 */
public record ModelSignature(List<Value> inputs, List<Value> outputs, ModelMemory memory) {
  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** A named input or output. */
  public record Value(String name, ValueType type) {
    /** Name and type for a person to read. */
    public String describe() {
      return "`" + name + "` (" + type.describe() + ")";
    }
  }

  /**
   * Reads the signature from the bytes of an ONNX file; the runtime is not loaded.
   *
   * @throws IllegalArgumentException where they are none, or where the model's weights lie in other
   *     files
   */
  public static ModelSignature read(byte[] onnx) {
    return OnnxGraph.parse(onnx).signature();
  }
}
