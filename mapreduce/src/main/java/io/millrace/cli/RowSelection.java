package io.millrace.cli;

import io.millrace.run.PartitionReader;
import io.millrace.spec.Spelling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Which rows and columns are shown. */
final class RowSelection {
  private final Schema schema;
  private final List<String> columns;
  private final Map<String, String> where;
  private final Optional<String> top;
  private final int limit;

  RowSelection(
      Schema schema,
      List<String> columns,
      Map<String, String> where,
      Optional<String> top,
      int limit) {
    this.schema = schema;
    this.where = where;
    this.top = top;
    this.limit = limit;
    List<String> all = schema.getFields().stream().map(Schema.Field::name).toList();
    columns.forEach(column -> require(column, all));
    where.keySet().forEach(column -> require(column, all));
    top.ifPresent(column -> require(column, all));
    this.columns = columns.isEmpty() ? all : columns;
  }

  private static void require(String column, List<String> all) {
    if (!all.contains(column)) {
      String nearest =
          Spelling.nearest(column, all).map(near -> " Did you mean " + near + "?").orElse("");
      throw new UsageException(
          "There is no column %s.%s There are: %s."
              .formatted(column, nearest, String.join(", ", all)));
    }
  }

  List<String> columns() {
    return columns;
  }

  /** The rows, in the order of the files or, where the top is asked for, from the greatest down. */
  List<GenericRecord> of(PartitionReader reader) throws IOException {
    return top.isPresent() ? greatest(reader, top.get()) : first(reader);
  }

  private List<GenericRecord> first(PartitionReader reader) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    reader.read(
        row -> {
          if (matches(row)) {
            rows.add(row);
          }
          return rows.size() < limit;
        });
    return rows;
  }

  private List<GenericRecord> greatest(PartitionReader reader, String column) throws IOException {
    int field = schema.getField(column).pos();
    Schema type = schema.getField(column).schema();
    Comparator<GenericRecord> order =
        (a, b) -> GenericData.get().compare(a.get(field), b.get(field), type);
    PriorityQueue<GenericRecord> best = new PriorityQueue<>(order);
    reader.read(
        row -> {
          if (matches(row)) {
            best.add(row);
            if (best.size() > limit) {
              best.remove();
            }
          }
          return true;
        });
    List<GenericRecord> rows = new ArrayList<>(best);
    rows.sort(order.reversed());
    return rows;
  }

  private boolean matches(GenericRecord row) {
    return where.entrySet().stream()
        .allMatch(
            condition ->
                CellText.of(
                        row.get(condition.getKey()), schema.getField(condition.getKey()).schema())
                    .equals(condition.getValue()));
  }
}
