package io.millrace.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpecFolderTest {
  private static SpecFolder folder(String spec, Map<String, String> beside) {
    return new SpecFolder(spec, new TreeMap<>(beside));
  }

  @Test
  void shouldBringWhatLiesBesideAndBelow() {
    assertEquals(
        folder("p.yaml", Map.of("row.avsc", "row.avsc", "models/m.onnx", "./models/m.onnx")),
        SpecFolder.of("/home/me/p.yaml", List.of("row.avsc", "./models/m.onnx")));
  }

  @Test
  void shouldKeepTheWayToWhatLiesElsewhere() {
    assertEquals(
        folder(
            "fraud/eu/p.yaml",
            Map.of("schemas/row.avsc", "../../schemas/row.avsc", "fraud/m.onnx", "x/../../m.onnx")),
        SpecFolder.of(
            "hdfs://nn/specs/fraud/eu/p.yaml",
            List.of("../../schemas/row.avsc", "x/../../m.onnx")));
  }

  @Test
  void shouldLeaveAbsolutePathsWhereTheyAre() {
    assertEquals(
        folder("p.yaml", Map.of()),
        SpecFolder.of("p.yaml", List.of("/schemas/row.avsc", "hdfs://nn/m.onnx")));
  }

  @Test
  void shouldNotGoAboveWhatItKnows() {
    assertThrows(
        IllegalArgumentException.class, () -> SpecFolder.of("p.yaml", List.of("../row.avsc")));
  }
}
