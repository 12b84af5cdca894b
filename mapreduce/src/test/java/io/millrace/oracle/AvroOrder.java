package io.millrace.oracle;

import java.util.List;

/**
 * SQL for the binary Avro encoding of a value, in hexadecimal: of records with the same event time
 * that mean the same, the one with the least encoding is kept.
 */
final class AvroOrder {
  static final List<String> MACROS =
      List.of(
          "CREATE MACRO zig_zag(n) AS"
              + " CASE WHEN n >= 0 THEN n::HUGEINT * 2 ELSE n::HUGEINT * -2 - 1 END",
          // seven bits a byte, the least first; all but the last have the eighth bit
          "CREATE MACRO avro_long(n) AS array_to_string([printf('%02X',"
              + " ((zig_zag(n) // (128::HUGEINT ** i)::HUGEINT) % 128)::INTEGER"
              + " + CASE WHEN zig_zag(n) // ((128::HUGEINT ** (i + 1))::HUGEINT) > 0"
              + " THEN 128 ELSE 0 END) FOR i IN range(0, 10)"
              + " IF i = 0 OR zig_zag(n) // ((128::HUGEINT ** i)::HUGEINT) > 0], '')",
          "CREATE MACRO avro_text(s) AS avro_long(octet_length(encode(s))) || hex(encode(s))",
          // the bits of the number, the least significant byte first
          "CREATE MACRO avro_bits(b, n) AS array_to_string([printf('%02X',"
              + " list_sum([CASE WHEN b[8 * byte + bit + 1] = '1' THEN 2 ** (7 - bit) ELSE 0 END"
              + " FOR bit IN range(0, 8)])::INTEGER) FOR byte IN range(n - 1, -1, -1)], '')",
          "CREATE MACRO two_complement(u, n) AS lpad(to_hex(CASE WHEN u < 0"
              + " THEN (u::HUGEINT + (256::HUGEINT ** n)::HUGEINT)::HUGEINT"
              + " ELSE u::HUGEINT END), (2 * n)::INTEGER, '0')",
          "CREATE MACRO avro_whole(u) AS list_first([avro_long(n) || two_complement(u, n)"
              + " FOR n IN range(1, 9)"
              + " IF n = 8 OR (u >= -(2::HUGEINT ** (8 * n - 1))::HUGEINT"
              + " AND u < (2::HUGEINT ** (8 * n - 1))::HUGEINT)])");

  private AvroOrder() {}

  /** The encoding of a column's value; clean rows have NULL as the first branch of a union. */
  static String encoding(String column, String type, String unit) {
    String value = "\"" + column + "\"";
    return "CASE WHEN %1$s IS NULL THEN '00' ELSE '02' || %2$s END"
        .formatted(value, plain(value, type, unit));
  }

  private static String plain(String value, String type, String unit) {
    if (type.startsWith("DECIMAL")) {
      int scale = Integer.parseInt(type.replaceAll(".*,\\s*(\\d+)\\)", "$1"));
      return "avro_whole((%s * %s)::BIGINT)".formatted(value, "1" + "0".repeat(scale));
    }
    return switch (type) {
      case "VARCHAR" -> "avro_text(" + value + ")";
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> "avro_long(" + value + ")";
      case "DOUBLE" -> "avro_bits(" + value + "::BIT::VARCHAR, 8)";
      case "FLOAT" -> "avro_bits(" + value + "::FLOAT::BIT::VARCHAR, 4)";
      case "BOOLEAN" -> "CASE WHEN " + value + " THEN '01' ELSE '00' END";
      case "DATE" -> "avro_long(" + value + " - DATE '1970-01-01')";
      case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" ->
          "avro_long(epoch_us(%s) // %d)".formatted(value, unit.equals("milliseconds") ? 1000 : 1);
      default -> throw new IllegalArgumentException("Cannot encode " + type);
    };
  }
}
