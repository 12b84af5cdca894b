package io.millrace.source;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Runs one parser on one text; the bytes around it must not matter. */
final class Parsed {
  private Parsed() {}

  static OptionalLong whole(ColumnType type, String text) {
    Row row = new Row(1);
    return parse(FieldParser.of(type, List.of(), ZoneOffset.UTC), text, row)
        ? OptionalLong.of(row.longs[0])
        : OptionalLong.empty();
  }

  static OptionalDouble floating(Kind kind, String text) {
    Row row = new Row(1);
    return parse(FieldParser.of(ColumnType.of(kind), List.of(), ZoneOffset.UTC), text, row)
        ? OptionalDouble.of(row.doubles[0])
        : OptionalDouble.empty();
  }

  static OptionalLong micros(String text, ZoneId zone, String... patterns) {
    return time(Kind.TIMESTAMP_MICROS, text, zone, patterns);
  }

  static OptionalLong time(Kind kind, String text, ZoneId zone, String... patterns) {
    Row row = new Row(1);
    return parse(FieldParser.of(ColumnType.of(kind), List.of(patterns), zone), text, row)
        ? OptionalLong.of(row.longs[0])
        : OptionalLong.empty();
  }

  static boolean parse(FieldParser parser, String text, Row row) {
    byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 1, bytes.length - 1, row, 0);
  }
}
