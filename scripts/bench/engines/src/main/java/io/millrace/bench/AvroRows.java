package io.millrace.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Avro files as a table of DuckDB. */
final class AvroRows {
  private AvroRows() {}

  /** Creates a table of all records of the files, which have one schema. */
  static void load(List<Path> files, String table, DuckDBConnection connection)
      throws IOException, SQLException {
    boolean created = false;
    for (Path file : files) {
      try (DataFileReader<GenericRecord> records =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
        if (!created) {
          create(records.getSchema(), table, connection);
          created = true;
        }
        append(records, table, connection);
      }
    }
    if (!created) {
      throw new IOException("Cannot make the table " + table + ": there is no file");
    }
  }

  private static void create(Schema schema, String table, DuckDBConnection connection)
      throws SQLException {
    List<String> columns =
        schema.getFields().stream()
            .map(field -> "\"" + field.name() + "\" " + sqlType(bare(field.schema())))
            .toList();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
    }
  }

  private static Schema bare(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(branch -> branch.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema;
  }

  private static String sqlType(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> "VARCHAR";
      case LONG ->
          schema.getLogicalType() == LogicalTypes.timestampMillis() ? "TIMESTAMP_MS" : "BIGINT";
      case INT -> "INTEGER";
      case DOUBLE -> "DOUBLE";
      case FLOAT -> "FLOAT";
      case BOOLEAN -> "BOOLEAN";
      case BYTES -> "BLOB";
      default -> throw new IllegalArgumentException("Cannot compare a column of type " + schema);
    };
  }

  private static void append(
      Iterable<GenericRecord> records, String table, DuckDBConnection connection)
      throws SQLException {
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
      for (GenericRecord each : records) {
        appender.beginRow();
        List<Schema.Field> fields = each.getSchema().getFields();
        for (int i = 0; i < fields.size(); i++) {
          append(each.get(i), bare(fields.get(i).schema()), appender);
        }
        appender.endRow();
      }
    }
  }

  private static void append(Object value, Schema schema, DuckDBAppender appender)
      throws SQLException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (schema.getType()) {
      case STRING -> appender.append(value.toString());
      case LONG -> {
        if (schema.getLogicalType() == LogicalTypes.timestampMillis()) {
          appender.appendEpochMillis((long) value);
        } else {
          appender.append((long) value);
        }
      }
      case INT -> appender.append((int) value);
      case DOUBLE -> appender.append((double) value);
      case FLOAT -> appender.append((float) value);
      case BOOLEAN -> appender.append((boolean) value);
      case BYTES -> {
        byte[] bytes = new byte[((ByteBuffer) value).remaining()];
        ((ByteBuffer) value).duplicate().get(bytes);
        appender.append(bytes);
      }
      default -> throw new IllegalArgumentException("Cannot compare a column of type " + schema);
    }
  }
}
