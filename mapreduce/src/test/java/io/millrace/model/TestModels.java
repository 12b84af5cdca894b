package io.millrace.model;

import static io.millrace.model.GraphBuilder.floats;
import static io.millrace.model.GraphBuilder.number;
import static io.millrace.model.GraphBuilder.numbers;
import static io.millrace.model.GraphBuilder.texts;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** Models whose scores can be worked out by hand. */
public final class TestModels {
  private TestModels() {}

  /** {@code score = sigmoid(weights · features + bias)}, float, [rows, 1]. */
  public static byte[] logistic(float bias, float... weights) {
    long width = weights.length;
    return new GraphBuilder()
        .input("features", DataType.FLOAT, -1, width)
        .floats("weights", List.of(width, 1L), weights)
        .floats("bias", List.of(1L), bias)
        .node("Gemm", List.of("features", "weights", "bias"), "linear")
        .node("Sigmoid", List.of("linear"), "score")
        .output("score", DataType.FLOAT, -1, 1)
        .toByteArray();
  }

  /** {@code score = weights · features}, double, [rows, 1]. */
  public static byte[] linearOfDoubles(double... weights) {
    long width = weights.length;
    return new GraphBuilder()
        .input("features", DataType.DOUBLE, -1, width)
        .doubles("weights", List.of(width, 1L), weights)
        .node("MatMul", List.of("features", "weights"), "score")
        .output("score", DataType.DOUBLE, -1, 1)
        .toByteArray();
  }

  /** As scikit-learn exports them: a label, and a map of {@code no: -a, yes: a} for feature a. */
  public static byte[] classifier() {
    return new GraphBuilder()
        .input("features", DataType.FLOAT, -1, 1)
        .floats("weights", List.of(1L, 2L), -1, 1)
        .node("MatMul", List.of("features", "weights"), "probabilities")
        .node("ArgMax", List.of("probabilities"), "label", number("axis", 1), number("keepdims", 0))
        .learningNode(
            "ZipMap",
            List.of("probabilities"),
            "output_probability",
            texts("classlabels_strings", "no", "yes"))
        .output("label", DataType.INT64, -1)
        .mapsOutput("output_probability", DataType.STRING)
        .toByteArray();
  }

  /**
   * An input of each kind by name: {@code score = amount + 10 · count + 100 · units + 1000 · flag +
   * city}, where the city is 1 for Oslo, 2 for Rome, else 0.
   */
  public static byte[] namedInputs() {
    return new GraphBuilder()
        .input("amount", DataType.FLOAT, -1, 1)
        .input("count", DataType.INT64, -1, 1)
        .input("units", DataType.INT32, -1, 1)
        .input("flag", DataType.BOOL, -1, 1)
        .input("city", DataType.STRING, -1, 1)
        .node("Cast", List.of("count"), "count_f", number("to", DataType.FLOAT_VALUE))
        .node("Cast", List.of("units"), "units_f", number("to", DataType.FLOAT_VALUE))
        .node("Cast", List.of("flag"), "flag_f", number("to", DataType.FLOAT_VALUE))
        .learningNode(
            "LabelEncoder",
            List.of("city"),
            "city_f",
            texts("keys_strings", "Oslo", "Rome"),
            floats("values_floats", 1f, 2f))
        .node(
            "Concat",
            List.of("amount", "count_f", "units_f", "flag_f", "city_f"),
            "all",
            number("axis", 1))
        .floats("weights", List.of(5L, 1L), 1, 10, 100, 1000, 1)
        .node("MatMul", List.of("all", "weights"), "score")
        .output("score", DataType.FLOAT, -1, 1)
        .toByteArray();
  }

  /** {@code score = 10, 20 or 30} for the index 0, 1 or 2; any other fails. */
  public static byte[] table() {
    return new GraphBuilder()
        .input("index", DataType.INT64, -1)
        .floats("values", List.of(3L), 10, 20, 30)
        .node("Gather", List.of("values", "index"), "score")
        .output("score", DataType.FLOAT, -1)
        .toByteArray();
  }

  /** {@code level} is a text for each index: {@code low} for 0, {@code high} for 1. */
  public static byte[] levels() {
    return new GraphBuilder()
        .input("index", DataType.INT64, -1, 1)
        .learningNode(
            "LabelEncoder",
            List.of("index"),
            "level",
            numbers("keys_int64s", 0L, 1L),
            texts("values_strings", "low", "high"))
        .output("level", DataType.STRING, -1, 1)
        .toByteArray();
  }
}
