package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Avro values as people read them, and as JSON. */
final class CellText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CellText() {}

  static String of(Object value, Schema schema) {
    Object plain = plain(value, schema);
    return plain == null ? "NULL" : printable(plain.toString());
  }

  /** Some columns of a row as one JSON object. */
  static String json(GenericRecord row, List<String> columns) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (String column : columns) {
      object.put(column, plain(row.get(column), row.getSchema().getField(column).schema()));
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write a row as JSON", e);
    }
  }

  /** A number, a boolean, text, null, or a list or map of these. */
  private static Object plain(Object value, Schema schema) {
    if (value == null) {
      return null;
    }
    Schema type = valueType(schema);
    LogicalType logical = type.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return new BigDecimal(new BigInteger(bytes((ByteBuffer) value)), decimal.getScale());
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return Instant.ofEpochMilli((Long) value).toString();
    }
    if (logical instanceof LogicalTypes.TimestampMicros) {
      return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
    }
    if (logical instanceof LogicalTypes.Date) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(item -> plain(item, type.getElementType())).toList();
    }
    if (value instanceof GenericRecord record) {
      Map<String, Object> fields = new LinkedHashMap<>();
      type.getFields().forEach(f -> fields.put(f.name(), plain(record.get(f.pos()), f.schema())));
      return fields;
    }
    if (value instanceof ByteBuffer buffer) {
      return text(bytes(buffer));
    }
    return value instanceof CharSequence ? value.toString() : value;
  }

  private static Schema valueType(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(branch -> branch.getType() != Schema.Type.NULL)
            .findFirst()
            .orElse(schema)
        : schema;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Bytes as UTF-8; those that are none, and control characters, as {@code \\xFF}. */
  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CharBuffer characters = CharBuffer.allocate(bytes.length + 1);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    while (true) {
      CoderResult result = decoder.decode(rest, characters, true);
      characters.flip();
      characters.chars().forEach(character -> append(text, (char) character));
      characters.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        appendByte(text, rest.get());
      }
      decoder.reset();
    }
  }

  private static void append(StringBuilder text, char character) {
    if (character < ' ' && character != '\t') {
      appendByte(text, (byte) character);
    } else {
      text.append(character);
    }
  }

  private static void appendByte(StringBuilder text, byte value) {
    text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(value));
  }

  /** Control characters would break the table, or the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "·");
  }
}
