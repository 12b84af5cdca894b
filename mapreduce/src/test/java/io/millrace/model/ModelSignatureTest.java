package io.millrace.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSignatureTest {
  @Test
  void shouldReadNamesTypesAndShapes() {
    assertEquals(
        List.of(
            "`amount` (float tensor [?, 1])",
            "`count` (int64 tensor [?, 1])",
            "`units` (int32 tensor [?, 1])",
            "`flag` (bool tensor [?, 1])",
            "`city` (string tensor [?, 1])"),
        describe(ModelSignature.read(TestModels.namedInputs()).inputs()));
    assertEquals(
        List.of("`score` (float tensor [?])"),
        describe(ModelSignature.read(TestModels.table()).outputs()));
  }

  @Test
  void shouldReadTheKeysOfMaps() {
    assertEquals(
        List.of("`label` (int64 tensor [?])", "`output_probability` (map with the keys no, yes)"),
        describe(ModelSignature.read(TestModels.classifier()).outputs()));
  }

  @Test
  void shouldNotTakeWeightsForInputs() {
    byte[] model =
        new GraphBuilder()
            .input("features", DataType.FLOAT, -1, 2)
            .input("weights", DataType.FLOAT, 2, 1)
            .floats("weights", List.of(2L, 1L), 1, 2)
            .node("MatMul", List.of("features", "weights"), "score")
            .output("score", DataType.FLOAT, -1, 1)
            .toByteArray();
    assertEquals(
        List.of("`features` (float tensor [?, 2])"), describe(ModelSignature.read(model).inputs()));
  }

  /**
   * Measured with ONNX Runtime 1.28 on Linux: a table of 100 MB loads with a heap of 450 MiB and
   * not with 350, and takes 430 MB beside; 200 trees of depth 12, a file of 52 MB, load with 400
   * MiB and not with 300, and take 900 MB beside.
   */
  @Test
  void shouldReckonWithWhatALoadedModelTakes() {
    ModelMemory table = ModelMemory.of(100_000_126, 100_000_000);
    assertTrue(table.heapBytes() > 350L << 20 && table.heapBytes() < 450L << 20);
    assertTrue(table.nativeBytes() >= 400_000_000L);
    ModelMemory trees = ModelMemory.of(52_437_864, 0);
    assertTrue(trees.heapBytes() >= 400L << 20);
    assertTrue(trees.nativeBytes() >= 900_000_000L);

    byte[] model = TestModels.table();
    ModelMemory memory = ModelSignature.read(model).memory();
    // three floats are weights, names and shapes beside them too
    assertTrue(memory.heapBytes() < 8L * model.length, memory::toString);
    assertTrue(memory.heapBytes() > 4L * model.length, memory::toString);
  }

  @Test
  void shouldNameTypesThatCannotBeFed() {
    byte[] model =
        new GraphBuilder()
            .input("half", DataType.FLOAT16, -1, 2)
            .node("Identity", List.of("half"), "out")
            .output("out", DataType.FLOAT16, -1, 2)
            .toByteArray();
    assertEquals(List.of("`half` (float16 tensor)"), describe(ModelSignature.read(model).inputs()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "this is no model", "<html><body>404</body></html>"})
  void shouldRefuseBytesThatAreNoModel(String content) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ModelSignature.read(content.getBytes(StandardCharsets.UTF_8)));
    assertTrue(e.getMessage().startsWith("Cannot read an ONNX model: "), e.getMessage());
  }

  @Test
  void shouldRefuseATruncatedFile() {
    byte[] model = TestModels.namedInputs();
    assertThrows(
        IllegalArgumentException.class,
        () -> ModelSignature.read(java.util.Arrays.copyOf(model, model.length - 7)));
  }

  @Test
  void shouldRefuseWeightsInOtherFiles() {
    byte[] model =
        new GraphBuilder()
            .input("features", DataType.FLOAT, -1, 2)
            .externalFloats("weights", 2, 1)
            .node("MatMul", List.of("features", "weights"), "score")
            .output("score", DataType.FLOAT, -1, 1)
            .toByteArray();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ModelSignature.read(model));
    assertEquals(
        "Cannot read an ONNX model whose weights lie in other files: weights; save it as one file",
        e.getMessage());
  }

  private static List<String> describe(List<ModelSignature.Value> values) {
    return values.stream().map(ModelSignature.Value::describe).toList();
  }
}
