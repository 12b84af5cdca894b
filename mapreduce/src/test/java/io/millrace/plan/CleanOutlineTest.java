package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.pipeline.Binder;
import io.millrace.pipeline.Pipeline;
import io.millrace.spec.SpecParser;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CleanOutlineTest {
  private static final String SPEC =
      """
      pipeline: shop
      warehouse: /warehouse
      source: {path: "/landing/${date}", schema: order.avsc, from: 2026-01-01}
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "id", "type": "string"},
        {"name": "shop", "type": ["null", "string"], "default": null},
        {"name": "channel", "type": "string", "default": "web"},
        {"name": "pieces", "type": "int", "default": 1},
        {"name": "price", "default": "\\u0001\\u0000",
         "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}}]}
      """;

  @Test
  void shouldWriteDefaultsThatEveryProcessWritesTheSame() {
    Pipeline pipeline =
        Binder.bind(
            SpecParser.parse("pipeline.yaml", SPEC, Map.of()),
            path -> SCHEMA.getBytes(StandardCharsets.UTF_8));

    Map<String, Definition> columns = Outlines.of(pipeline).stage(StageId.clean()).columns();

    assertEquals("\"string\"", part(columns, "id"));
    assertEquals("[\"null\",\"string\"] default null", part(columns, "shop"));
    assertEquals("\"string\" default 'web'", part(columns, "channel"));
    assertEquals("\"int\" default 1", part(columns, "pieces"));
    assertEquals(
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}"
            + " default 0x0100",
        part(columns, "price"));
  }

  private static String part(Map<String, Definition> columns, String column) {
    return columns.get(column).parts().get("schema." + column);
  }
}
