package io.millrace.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our parser's types, our code and our functions against those of Calcite, on rows with NULLs. */
class CalciteAgreementTest {
  private static final int ROWS = 200;
  private static final int COMBINATIONS = 120;

  private static final RowType SCOPE =
      new RowType(
          "t",
          List.of(
              nullable("i", Kind.INT),
              nullable("j", Kind.INT),
              nullable("l", Kind.LONG),
              nullable("d", Kind.DOUBLE),
              new Column("e", ColumnType.of(Kind.DOUBLE)),
              nullable("s", Kind.STRING),
              new Column("u", ColumnType.of(Kind.STRING)),
              nullable("b", Kind.BOOLEAN),
              nullable("ts", Kind.TIMESTAMP_MILLIS),
              nullable("born", Kind.DATE)));

  private static final List<String> CONDITIONS =
      List.of(
          "d BETWEEN 0 AND 10.5",
          "d NOT BETWEEN i AND 20",
          "u IN ('EUR', 'USD', 'GBP')",
          "s NOT IN ('EUR', 'USD')",
          "s NOT IN ('EUR', NULL)",
          "i IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)",
          "s IN ('a','b','c','d','e','f','g','h','i','j','k','l','m','n','o','p','web','EUR')",
          "i = 1",
          "i <> j",
          "i + 1 > d",
          "l >= i * 3 - j",
          "d IS NULL",
          "s = u",
          "s < 'p'",
          "LOWER(TRIM(s)) = 'web'",
          "CHAR_LENGTH(s) = 2",
          "s LIKE 'w%'",
          "s LIKE '%e_'",
          "u NOT LIKE '_U%'",
          "COALESCE(s, 'XX') = 'XX'",
          "CASE WHEN s = 'web' THEN d ELSE 0 END > 5",
          "CASE i WHEN 1 THEN j WHEN 2 THEN i END = 1",
          "CASE WHEN s = 'web' THEN NULL WHEN d > 3 THEN 1 END = 1",
          "NULLIF(u, '') IS NULL",
          "NULLIF(i, j) = 2",
          "(d > 5) IS NOT FALSE",
          "b IS NOT TRUE",
          "NOT b",
          "b IS UNKNOWN",
          "s || u = 'webDE'",
          "TRUE",
          "UNKNOWN AND b",
          "ABS(d) > 20",
          "UPPER(u) = 'ÖÄ'",
          "i IS DISTINCT FROM j",
          "s IS NOT DISTINCT FROM u",
          "POSITION('e' IN s) > 1",
          "MOD(i, 3) = 1",
          "EXTRACT(HOUR FROM ts) < 12",
          "ts > TIMESTAMP '2026-03-01 12:00:00'",
          "born <= DATE '1990-01-01'",
          "CAST(ts AS DATE) > born");

  private static final List<String> VALUES =
      List.of(
          "i + j * 2",
          "l - i",
          "-i",
          "d + e",
          "d * i - e",
          "e / 3e0",
          "ABS(i)",
          "MOD(j, 4)",
          "SIGN(d)",
          "FLOOR(e)",
          "CEIL(e)",
          "SQRT(ABS(e))",
          "SUBSTRING(u FROM 2 FOR 2)",
          "SUBSTRING(s, 2)",
          "UPPER(s) || '-' || LOWER(u)",
          "TRIM(LEADING 'w' FROM s)",
          "TRIM(BOTH ' ' FROM s)",
          "CHAR_LENGTH(u)",
          "POSITION('b' IN s)",
          "COALESCE(i, j, 0)",
          "CASE WHEN b THEN i WHEN d > 3 THEN j END",
          "NULLIF(s, 'web')",
          "CAST(i AS VARCHAR)",
          "CAST(i AS DOUBLE) + e",
          "CAST(e AS INTEGER)",
          "EXTRACT(YEAR FROM ts)",
          "EXTRACT(MONTH FROM born)",
          "EXTRACT(DAY FROM ts)",
          "EXTRACT(MINUTE FROM ts)",
          "EXTRACT(SECOND FROM ts)",
          "EXTRACT(DOW FROM born)",
          "EXTRACT(DOY FROM ts)",
          "EXTRACT(QUARTER FROM born)",
          "EXTRACT(WEEK FROM ts)",
          "FLOOR(ts TO MONTH)",
          "FLOOR(ts TO HOUR)",
          "FLOOR(born TO YEAR)",
          "ts + INTERVAL '3' HOUR",
          "born + INTERVAL '2' MONTH",
          "born - INTERVAL '40' DAY",
          "TIMESTAMPDIFF(HOUR, ts, TIMESTAMP '2026-01-01 00:00:00')",
          "TIMESTAMPDIFF(DAY, born, DATE '2026-01-01')",
          "TIMESTAMPADD(MONTH, 1, born)");

  private static final List<String> WORDS =
      List.of("EUR", "USD", "XXX", "web", " Web ", "pos", "DE", "", "öä", "de", "GBP", "€");

  private final ExpressionCompiler compiler = new ExpressionCompiler(ZoneId.of("UTC"));
  private final CalciteEvaluator calcite = new CalciteEvaluator(SCOPE);

  private static Column nullable(String name, Kind kind) {
    return new Column(name, ColumnType.of(kind).withNullable(true));
  }

  @Test
  void shouldAgreeOnConditions() throws Exception {
    Random random = new Random(7);
    List<String> conditions = new ArrayList<>(CONDITIONS);
    while (conditions.size() < CONDITIONS.size() + COMBINATIONS) {
      String condition = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
      for (int more = 1 + random.nextInt(3); more > 0; more--) {
        condition =
            "%s(%s) %s (%s)"
                .formatted(
                    random.nextBoolean() ? "NOT " : "",
                    condition,
                    random.nextBoolean() ? "AND" : "OR",
                    CONDITIONS.get(random.nextInt(CONDITIONS.size())));
      }
      conditions.add(condition);
    }
    compareAll(conditions, random);
  }

  @Test
  void shouldAgreeOnValues() throws Exception {
    compareAll(VALUES, new Random(11));
  }

  private void compareAll(List<String> expressions, Random random) throws Exception {
    List<Step> steps = new ArrayList<>();
    List<Column> results = new ArrayList<>();
    for (String sql : expressions) {
      TypedExpression expression = compiler.parse(sql, SCOPE);
      String column = "result" + results.size();
      results.add(new Column(column, expression.type().withNullable(true)));
      steps.add(new Step.Assign(column, expression, column));
    }
    RowType layout = SCOPE.with("layout", results);
    CompiledProgram compiled = compiler.compile(layout, steps);
    Program program = compiled.load();
    CalciteEvaluator.Evaluator reference = calcite.compile(expressions);
    Row row = compiled.newRow(layout.size());
    for (int i = 0; i < ROWS; i++) {
      Object[] values = randomValues(random);
      fill(row, values);
      program.run(row);
      Object[] expected = reference.evaluate(values);
      for (int e = 0; e < expressions.size(); e++) {
        assertEquals(
            comparable(expected[e]),
            value(row, layout, SCOPE.size() + e),
            expressions.get(e) + " on " + Arrays.toString(values));
      }
    }
  }

  private static Object[] randomValues(Random random) {
    Object[] values = {
      random.nextInt(6) - 1,
      random.nextInt(30) - 5,
      random.nextLong() >> 20,
      random.nextInt(60) - 20 + random.nextInt(2) / 2.0,
      random.nextInt(2000) / 16.0 - 20,
      WORDS.get(random.nextInt(WORDS.size())),
      WORDS.get(random.nextInt(WORDS.size())),
      random.nextBoolean(),
      1_700_000_000_000L + random.nextInt() * 100L,
      random.nextInt(20_000)
    };
    for (int i = 0; i < values.length; i++) {
      if (SCOPE.columns().get(i).type().nullable() && random.nextInt(4) == 0) {
        values[i] = null;
      }
    }
    return values;
  }

  private static void fill(Row row, Object[] values) {
    row.clear();
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        row.setNull(i);
      } else if (value instanceof String text) {
        row.setString(i, text);
      } else if (value instanceof Double number) {
        row.setDouble(i, number);
      } else if (value instanceof Boolean truth) {
        row.setLong(i, truth ? 1 : 0);
      } else {
        row.setLong(i, ((Number) value).longValue());
      }
    }
  }

  private static Object value(Row row, RowType layout, int slot) {
    if (row.nulls[slot]) {
      return "NULL";
    }
    return switch (layout.columns().get(slot).type().kind()) {
      case BOOLEAN -> row.longs[slot] != 0;
      case STRING -> row.string(slot);
      case FLOAT, DOUBLE -> row.doubles[slot];
      case DECIMAL -> throw new AssertionError("no decimals here");
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> row.longs[slot];
    };
  }

  private static Object comparable(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.doubleValue();
    }
    return value instanceof Number number && !(value instanceof Double)
        ? (Object) number.longValue()
        : value;
  }
}
