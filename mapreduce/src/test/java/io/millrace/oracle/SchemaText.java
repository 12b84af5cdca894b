package io.millrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The columns of an Avro schema file, read as JSON. */
record SchemaText(List<Field> fields) {
  /**
   * A column.
   *
   * @param type in SQL
   * @param unit of a timestamp as DuckDB calls it, else empty
   * @param defaultValue in SQL; empty where there is none
   */
  record Field(String name, String type, String unit, boolean nullable, String defaultValue) {
    boolean isText() {
      return type.equals("VARCHAR");
    }
  }

  static SchemaText read(Path file) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : new JsonMapper().readTree(file.toFile()).get("fields")) {
      JsonNode type = field.get("type");
      boolean union = type.isArray();
      boolean nullFirst = union && type.get(0).asText().equals("null");
      JsonNode of = union ? type.get(nullFirst ? 1 : 0) : type;
      String sql = sqlType(of);
      fields.add(
          new Field(
              field.get("name").asText(),
              sql,
              of.path("logicalType").asText().endsWith("-millis") ? "milliseconds" : "microseconds",
              union,
              field.has("default") ? literal(field.get("default"), of, sql) : ""));
    }
    return new SchemaText(fields);
  }

  private static String sqlType(JsonNode type) {
    if (type.has("logicalType")) {
      return switch (type.get("logicalType").asText()) {
        case "date" -> "DATE";
        case "timestamp-millis", "timestamp-micros" -> "TIMESTAMPTZ";
        case "decimal" ->
            "DECIMAL(%d, %d)".formatted(type.get("precision").asInt(), type.path("scale").asInt(0));
        default -> throw new IllegalArgumentException("Cannot take logical type: " + type);
      };
    }
    String name = type.isTextual() ? type.asText() : type.get("type").asText();
    return switch (name) {
      case "string" -> "VARCHAR";
      case "int" -> "INTEGER";
      case "long" -> "BIGINT";
      case "float" -> "FLOAT";
      case "double" -> "DOUBLE";
      case "boolean" -> "BOOLEAN";
      default -> throw new IllegalArgumentException("Cannot take type: " + type);
    };
  }

  private static String literal(JsonNode value, JsonNode type, String sql) {
    if (value.isNull()) {
      return "CAST(NULL AS " + sql + ")";
    }
    if (sql.startsWith("DECIMAL")) {
      byte[] unscaled = value.asText().getBytes(StandardCharsets.ISO_8859_1);
      return "CAST(%s AS %s)"
          .formatted(
              new java.math.BigDecimal(
                      new java.math.BigInteger(unscaled), type.path("scale").asInt(0))
                  .toPlainString(),
              sql);
    }
    return switch (sql) {
      case "VARCHAR" -> Dialect.quoted(value.asText());
      case "DATE" -> "DATE '1970-01-01' + " + value.asInt();
      case "TIMESTAMPTZ" ->
          "make_timestamptz(%d)"
              .formatted(
                  value.asLong()
                      * (type.get("logicalType").asText().endsWith("-millis") ? 1000 : 1));
      default -> "CAST(%s AS %s)".formatted(value.asText(), sql);
    };
  }

  Field field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
  }

  boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }
}
