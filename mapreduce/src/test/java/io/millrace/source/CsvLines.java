package io.millrace.source;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Decodes lines of text and shows rows as lists of text, rejections as {@code rule: reason}. */
final class CsvLines {
  static final String NULL = "NULL";

  private final CsvDecoder decoder;
  private final RowType type;
  private final Row row;

  CsvLines(FormatSpec.Csv format, RowType type) {
    this.type = type;
    decoder = new CsvDecoder(format, type, ZoneOffset.UTC);
    row = new Row(type.size() + 1);
  }

  static FormatSpec.Csv format(boolean header, String... nulls) {
    return new FormatSpec.Csv(header, ',', '"', List.of(nulls), List.of(), Map.of());
  }

  static FormatSpec.Csv mapped(Map<String, String> columns) {
    Map<String, Located<String>> located = new TreeMap<>();
    columns.forEach(
        (column, name) ->
            located.put(column, new Located<>(name, new Location("pipeline.yaml", 1, 1))));
    return new FormatSpec.Csv(true, ',', '"', List.of(""), List.of(), located);
  }

  static RowType text(String... names) {
    return new RowType(
        "T",
        Stream.of(names)
            .map(name -> new Column(name, ColumnType.of(Kind.STRING).withNullable(true)))
            .toList());
  }

  CsvLines startFile(String header) {
    decoder.startFile(bytes(header));
    return this;
  }

  CsvDecoder decoder() {
    return decoder;
  }

  String reject(String line) {
    LineDecoder.Outcome outcome = decode(bytes(line));
    return outcome == LineDecoder.Outcome.REJECTED ? rejection() : outcome.name();
  }

  String rejection() {
    return decoder.rejection().rule() + ": " + decoder.rejection().reason();
  }

  List<String> read(String line) {
    return read(bytes(line));
  }

  List<String> read(byte[] line) {
    return switch (decode(line)) {
      case RECORD -> values();
      case BLANK -> List.of();
      case REJECTED -> throw new AssertionError(rejection());
    };
  }

  LineDecoder.Outcome decode(byte[] line) {
    // what stands before and behind the line must not matter
    byte[] around = new byte[line.length + 20];
    Arrays.fill(around, (byte) '"');
    System.arraycopy(line, 0, around, 10, line.length);
    return decoder.decode(around, 10, line.length, row);
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    for (int slot = 0; slot < type.size(); slot++) {
      if (row.nulls[slot]) {
        values.add(NULL);
      } else {
        values.add(
            switch (type.columns().get(slot).type().kind().storage()) {
              case LONG -> Long.toString(row.longs[slot]);
              case DOUBLE -> Double.toString(row.doubles[slot]);
              case SLICE -> row.string(slot);
            });
      }
    }
    return values;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
