package io.millrace.expression;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Evaluates one expression on one row, from the text to the value. */
final class Evaluation {
  /** A column of each kind, and of each kind one that is NULL in {@link #fill}. */
  static final RowType SCOPE =
      new RowType(
          "transaction",
          List.of(
              nullable("i", ColumnType.of(Kind.INT)),
              nullable("l", ColumnType.of(Kind.LONG)),
              nullable("d", ColumnType.of(Kind.DOUBLE)),
              nullable("f", ColumnType.of(Kind.FLOAT)),
              nullable("m", ColumnType.decimal(10, 2)),
              nullable("s", ColumnType.of(Kind.STRING)),
              nullable("b", ColumnType.of(Kind.BOOLEAN)),
              nullable("ts", ColumnType.of(Kind.TIMESTAMP_MILLIS)),
              nullable("us", ColumnType.of(Kind.TIMESTAMP_MICROS)),
              nullable("born", ColumnType.of(Kind.DATE)),
              nullable("no_i", ColumnType.of(Kind.INT)),
              nullable("no_d", ColumnType.of(Kind.DOUBLE)),
              nullable("no_s", ColumnType.of(Kind.STRING)),
              nullable("no_b", ColumnType.of(Kind.BOOLEAN)),
              nullable("no_ts", ColumnType.of(Kind.TIMESTAMP_MILLIS)),
              new Column("amount", ColumnType.of(Kind.DOUBLE)),
              new Column("currency", ColumnType.of(Kind.STRING)),
              nullable("date", ColumnType.of(Kind.DATE)),
              nullable("user", ColumnType.of(Kind.STRING))));

  private final ExpressionCompiler compiler;

  Evaluation(String zone) {
    this.compiler = new ExpressionCompiler(ZoneId.of(zone));
  }

  private static Column nullable(String name, ColumnType type) {
    return new Column(name, type.withNullable(true));
  }

  /**
   * i = 7, l = 2^40, d = 2.5, f = 0.1, m = 12.50, s = 'Zürich', b = TRUE, at and us = the night of
   * 2026-11-21, born = 2000-02-29, amount = 99.5, currency = 'EUR'; the rest is NULL.
   */
  static void fill(Row row) {
    row.clear();
    java.util.Arrays.fill(row.nulls, true);
    row.setLong(SCOPE.slot("i"), 7);
    row.setLong(SCOPE.slot("l"), 1L << 40);
    row.setDouble(SCOPE.slot("d"), 2.5);
    row.setDouble(SCOPE.slot("f"), 0.1f);
    row.setLong(SCOPE.slot("m"), 1250);
    row.setString(SCOPE.slot("s"), "Zürich");
    row.setLong(SCOPE.slot("b"), 1);
    row.setLong(SCOPE.slot("ts"), Instant.parse("2026-11-21T22:30:15.500Z").toEpochMilli());
    row.setLong(
        SCOPE.slot("us"), Instant.parse("2026-11-21T22:30:15.500Z").toEpochMilli() * 1000 + 1);
    row.setLong(SCOPE.slot("born"), LocalDate.of(2000, 2, 29).toEpochDay());
    row.setDouble(SCOPE.slot("amount"), 99.5);
    row.setString(SCOPE.slot("currency"), "EUR");
    // what a NULL leaves behind must not matter
    row.offsets[SCOPE.slot("no_s")] = Integer.MAX_VALUE;
    row.lengths[SCOPE.slot("no_s")] = Integer.MAX_VALUE;
    row.doubles[SCOPE.slot("no_d")] = Double.NaN;
    row.longs[SCOPE.slot("no_i")] = Long.MIN_VALUE;
    row.longs[SCOPE.slot("no_b")] = 1;
    row.longs[SCOPE.slot("no_ts")] = Long.MIN_VALUE;
  }

  /** The value, in a form that reads like SQL; NULL is {@code NULL}. */
  String evaluate(String sql) throws ExpressionException {
    TypedExpression expression = compiler.parse(sql, SCOPE);
    List<Column> more = new ArrayList<>();
    more.add(new Column("result", expression.type().withNullable(true)));
    RowType layout = SCOPE.with("layout", more);
    CompiledProgram program =
        compiler.compile(layout, List.of(new Step.Assign("result", expression, "result")));
    Row row = program.newRow(layout.size());
    fill(row);
    program.load().run(row);
    int slot = layout.slot("result");
    if (row.nulls[slot]) {
      if (!expression.type().nullable()) {
        throw new AssertionError(sql + " is typed as not nullable, but is NULL");
      }
      return "NULL";
    }
    long value = row.longs[slot];
    return switch (expression.type().kind()) {
      case BOOLEAN -> value != 0 ? "TRUE" : "FALSE";
      case INT, LONG -> Long.toString(value);
      case FLOAT, DOUBLE -> Double.toString(row.doubles[slot]);
      case DECIMAL -> BigDecimal.valueOf(value, expression.type().scale()).toPlainString();
      case DATE -> LocalDate.ofEpochDay(value).toString();
      case TIMESTAMP_MILLIS -> Instant.ofEpochMilli(value).toString();
      case TIMESTAMP_MICROS ->
          Instant.EPOCH.plus(value, java.time.temporal.ChronoUnit.MICROS).toString();
      case STRING -> "'" + row.string(slot) + "'";
    };
  }

  Kind kind(String sql) throws ExpressionException {
    return compiler.parse(sql, SCOPE).type().kind();
  }

  String type(String sql) throws ExpressionException {
    return compiler.parse(sql, SCOPE).type().sqlName();
  }
}
