package io.millrace.learn.prepare;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Rows of a training set: inputs, then date, split and label. */
public final class Examples {
  public static final StatisticsPlan.ExampleColumns COLUMNS =
      new StatisticsPlan.ExampleColumns("example_date", "example_split", "example_label");

  private final RowType type;
  private final List<Object[]> rows = new ArrayList<>();

  /** Labels are text where {@code classes}, else numbers. */
  public Examples(List<Column> inputs, boolean classes) {
    type =
        new RowType("inputs", inputs)
            .with(
                "training",
                List.of(
                    new Column(COLUMNS.date(), ColumnType.of(Kind.DATE)),
                    new Column(COLUMNS.split(), ColumnType.of(Kind.STRING)),
                    new Column(
                        COLUMNS.label(), ColumnType.of(classes ? Kind.STRING : Kind.DOUBLE))));
  }

  public static Column nullable(String name, Kind kind) {
    return new Column(name, ColumnType.of(kind).withNullable(true));
  }

  public RowType type() {
    return type;
  }

  public List<Object[]> rows() {
    return rows;
  }

  /** The values of all columns: Long, Double, String, Boolean, LocalDate or null. */
  public Examples add(@Nullable Object... values) {
    rows.add(values);
    return this;
  }

  /** A row to learn from, without a date that matters. */
  Examples train(Object label, @Nullable Object... inputs) {
    @Nullable Object[] all = Arrays.copyOf(inputs, inputs.length + 3);
    all[inputs.length] = LocalDate.EPOCH;
    all[inputs.length + 1] = "train";
    all[inputs.length + 2] = label;
    return add(all);
  }

  static void fill(Row row, @Nullable Object[] values) {
    row.clear();
    for (int slot = 0; slot < values.length; slot++) {
      Object value = values[slot];
      if (value == null) {
        row.setNull(slot);
      } else if (value instanceof String text) {
        row.setString(slot, text);
      } else if (value instanceof Double number) {
        row.setDouble(slot, number);
      } else if (value instanceof LocalDate date) {
        row.setLong(slot, date.toEpochDay());
      } else if (value instanceof Boolean truth) {
        row.setLong(slot, truth ? 1 : 0);
      } else {
        row.setLong(slot, ((Number) value).longValue());
      }
    }
  }

  TableStatistics statistics(PreparePlan plan, boolean byClass) {
    return statistics(StatisticsPlan.of(type, plan, COLUMNS, byClass), rows);
  }

  public static TableStatistics statistics(StatisticsPlan plan, List<Object[]> rows) {
    TableStatistics statistics = new TableStatistics(plan);
    Row row = new Row(plan.rows().size());
    for (Object[] values : rows) {
      fill(row, values);
      statistics.add(row);
    }
    return statistics;
  }

  /** The rows as Avro's own records. */
  public List<GenericRecord> records() {
    Schema schema = type.toAvro();
    List<GenericRecord> records = new ArrayList<>();
    for (Object[] values : rows) {
      GenericRecord record = new GenericData.Record(schema);
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        boolean isInt = type.columns().get(i).type().kind() == Kind.INT;
        record.put(
            i,
            value instanceof LocalDate date
                ? (Object) (int) date.toEpochDay()
                : isInt && value instanceof Long number ? (Object) number.intValue() : value);
      }
      records.add(record);
    }
    return records;
  }
}
