package io.millrace.row;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** The columns of a row, in the order of their slots. Names are unique. */
public final class RowType {
  private final String name;
  private final List<Column> columns;
  private final Map<String, Integer> slots = new HashMap<>();

  public RowType(String name, List<Column> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
    for (Column column : columns) {
      if (slots.put(column.name(), slots.size()) != null) {
        throw new IllegalArgumentException("Cannot have two columns of one name: " + column.name());
      }
    }
  }

  /**
   * The row type of an Avro record schema.
   *
   * @throws IllegalArgumentException naming the field, where a column cannot hold it
   */
  public static RowType fromAvro(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "Cannot read rows of " + schema.getType().getName() + ": a record is needed");
    }
    List<Column> columns = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      try {
        columns.add(
            new Column(
                field.name(),
                ColumnType.fromAvro(field.schema()),
                field.aliases(),
                field.doc(),
                field.hasDefaultValue() ? field.defaultVal() : null));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("field " + field.name() + ": " + e.getMessage(), e);
      }
    }
    return new RowType(schema.getFullName(), columns);
  }

  /** The Avro record schema of these columns; the row type's name may carry a namespace. */
  public Schema toAvro() {
    List<Schema.Field> fields = new ArrayList<>();
    for (Column column : columns) {
      Schema schema = column.type().toAvro();
      fields.add(
          column.type().nullable()
              ? new Schema.Field(
                  column.name(), schema, column.doc(), Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(column.name(), schema, column.doc()));
    }
    return record(fields);
  }

  /**
   * These columns as a schema to read records by, whenever they were written: with aliases and
   * defaults. Only a type's branches may stand in another order than in records.
   */
  public Schema toReaderAvro() {
    List<Schema.Field> fields = new ArrayList<>();
    for (Column column : columns) {
      Schema.Field field =
          new Schema.Field(
              column.name(), readerSchema(column), column.doc(), column.defaultValue());
      column.aliases().forEach(field::addAlias);
      fields.add(field);
    }
    return record(fields);
  }

  /** A default is of the first branch of its union. */
  private static Schema readerSchema(Column column) {
    Schema schema = column.type().toAvro();
    boolean nullStandsFirst =
        column.defaultValue() == null || column.defaultValue() == JsonProperties.NULL_VALUE;
    return nullStandsFirst || !column.type().nullable()
        ? schema
        : Schema.createUnion(schema.getTypes().get(1), schema.getTypes().get(0));
  }

  private Schema record(List<Schema.Field> fields) {
    int dot = name.lastIndexOf('.');
    return Schema.createRecord(
        name.substring(dot + 1), null, dot < 0 ? null : name.substring(0, dot), false, fields);
  }

  public String name() {
    return name;
  }

  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  public boolean has(String column) {
    return slots.containsKey(column);
  }

  /**
   * The slot of a column. Throws where there is none: callers have checked names when they bound
   * the pipeline.
   */
  public int slot(String column) {
    Integer slot = slots.get(column);
    if (slot == null) {
      throw new IllegalArgumentException(
          "Cannot find column " + column + " in " + name + ": it has " + names());
    }
    return slot;
  }

  /** The slots of several columns, in their order. */
  public int[] slots(Collection<String> names) {
    return names.stream().mapToInt(this::slot).toArray();
  }

  public Column column(String column) {
    return columns.get(slot(column));
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** These columns and more behind them, under another name. */
  public RowType with(String newName, List<Column> more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(more);
    return new RowType(newName, all);
  }

  /** Some of these columns, in the order given, under another name. */
  public RowType select(String newName, Collection<String> names) {
    return new RowType(newName, names.stream().map(this::column).toList());
  }
}
