package io.millrace.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** A warehouse on this machine as any reader of Avro and JSON sees it. */
record WarehouseText(Path folder) {
  private Path partition(String dataSet, LocalDate date) {
    return folder.resolve(dataSet).resolve("dt=" + date);
  }

  JsonNode manifest(String dataSet, LocalDate date) throws IOException {
    return new JsonMapper().readTree(partition(dataSet, date).resolve("_SUCCESS").toFile());
  }

  long count(String dataSet, LocalDate date, String name) throws IOException {
    return manifest(dataSet, date).get("counts").get(name).asLong();
  }

  /** All records of a partition, in the files that its manifest lists. */
  Table read(String dataSet, LocalDate date) throws IOException {
    List<String> columns = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode listed : manifest(dataSet, date).get("files")) {
      Path file = partition(dataSet, date).resolve(listed.get("name").asText());
      try (DataFileReader<GenericRecord> reader =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
        List<Schema.Field> fields = reader.getSchema().getFields();
        if (columns.isEmpty()) {
          fields.forEach(field -> columns.add(field.name()));
        }
        GenericRecord read = null;
        while (reader.hasNext()) {
          read = reader.next(read);
          Object[] row = new Object[fields.size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = plain(read.get(i), fields.get(i).schema());
          }
          rows.add(Arrays.asList(row));
        }
      }
    }
    return new Table(columns, rows);
  }

  private static Object plain(Object value, Schema schema) {
    if (value == null) {
      return null;
    }
    if (schema.isUnion()) {
      return plain(value, schema.getTypes().get(schema.getTypes().get(0).isNullable() ? 1 : 0));
    }
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case STRING -> value.toString();
      case BOOLEAN -> value;
      case INT, LONG -> {
        long number = ((Number) value).longValue();
        yield logical instanceof LogicalTypes.TimestampMillis ? number * 1000 : number;
      }
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case BYTES -> {
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        if (!(logical instanceof LogicalTypes.Decimal decimal)) {
          yield new String(bytes, StandardCharsets.UTF_8);
        }
        BigDecimal number = new BigDecimal(new BigInteger(bytes), decimal.getScale());
        yield number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
      }
      default -> throw new IllegalArgumentException("Cannot compare a " + schema);
    };
  }
}
