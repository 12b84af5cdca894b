package io.millrace.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expressions against those of DuckDB, on random rows with NULLs and in a zone that changes its
 * clocks.
 */
class DuckDbAgreementTest {
  private static final String ZONE = "Europe/Berlin";
  private static final int ROWS = 400;

  /** Between ours and DuckDB's; both have operators with one bar. */
  private static final String SEPARATOR = " => ";

  /** Moments around which clocks were changed, and two around which they were not. */
  private static final List<Instant> CHANGES =
      List.of(
          Instant.parse("2026-03-29T01:00:00Z"),
          Instant.parse("2026-10-25T01:00:00Z"),
          Instant.parse("1980-09-28T01:00:00Z"),
          Instant.parse("2024-02-29T12:00:00Z"),
          Instant.parse("1969-12-31T23:00:00Z"));

  private static final RowType SCOPE =
      new RowType(
          "t",
          List.of(
              nullable("i", ColumnType.of(Kind.INT)),
              nullable("n", ColumnType.of(Kind.INT)),
              nullable("l", ColumnType.of(Kind.LONG)),
              nullable("d", ColumnType.of(Kind.DOUBLE)),
              new Column("e", ColumnType.of(Kind.DOUBLE)),
              nullable("m", ColumnType.decimal(10, 2)),
              nullable("s", ColumnType.of(Kind.STRING)),
              new Column("u", ColumnType.of(Kind.STRING)),
              nullable("b", ColumnType.of(Kind.BOOLEAN)),
              nullable("ts", ColumnType.of(Kind.TIMESTAMP_MILLIS)),
              nullable("us", ColumnType.of(Kind.TIMESTAMP_MICROS)),
              nullable("born", ColumnType.of(Kind.DATE)),
              new Column("paid", ColumnType.of(Kind.DATE))));

  private static final String TABLE =
      """
      CREATE TABLE t (id INTEGER, i INTEGER, n INTEGER, l BIGINT, d DOUBLE, e DOUBLE, m DECIMAL(10, 2),
        s VARCHAR, u VARCHAR, b BOOLEAN, ts TIMESTAMPTZ, us TIMESTAMPTZ, born DATE, paid DATE)
      """;

  /** Texts with capitals, accents, characters of four bytes, separators, blanks, and nothing. */
  private static final List<String> WORDS =
      List.of(
          "",
          "EUR",
          "usd",
          " web ",
          "Zürich",
          "a😀b",
          "a-b-c",
          "--",
          "x--y",
          "new YORK-city",
          "ÉTÉ",
          "4111222233334444",
          "12",
          "-7",
          "2026-11-21",
          "日本",
          "aaa",
          "a.b",
          "%",
          "_");

  /** Ours, and DuckDB's where it is written otherwise. */
  private static final List<String> EXPRESSIONS =
      List.of(
          // logic and comparison
          "b AND i > 2",
          "b OR i > 2",
          "NOT b",
          "b IS TRUE",
          "b IS NOT FALSE",
          "i = n",
          "i <> d",
          "m >= 2.5",
          "m = i",
          "s < u",
          "born < paid",
          "ts < us",
          "i IS DISTINCT FROM n",
          "s IS NOT DISTINCT FROM u",
          "i BETWEEN n AND 5",
          "i NOT BETWEEN 1 AND n",
          "i IN (1, 2, n)",
          "i NOT IN (1, 2, NULL)",
          "s IN ('EUR', 'web', '')",
          "s LIKE '%a%'",
          "s LIKE '_-b%'",
          "s LIKE '!%' ESCAPE '!'",
          "s NOT LIKE '_'",
          // choice
          "CASE WHEN b THEN i WHEN d > 3 THEN n END",
          "CASE i WHEN 1 THEN 'one' WHEN n THEN 'n' ELSE s END",
          "COALESCE(i, n, 0)",
          "IFNULL(s, u)",
          "NVL(d, i) => ifnull(d, i)",
          "NULLIF(s, u)",
          "NULLIF(i, 2)",
          "IF(b, i, n)",
          "IF(d > 3, s, 'low')",
          "NVL2(s, 1, 2) => CASE WHEN s IS NOT NULL THEN 1 ELSE 2 END",
          "GREATEST(i, n) => CASE WHEN i IS NULL OR n IS NULL THEN NULL ELSE greatest(i, n) END",
          "LEAST(d, e, i) => CASE WHEN d IS NULL OR i IS NULL THEN NULL ELSE least(d, e, i) END",
          // numbers
          "i + n * 2",
          "l - i",
          "-m",
          "m + i",
          "m * i",
          "m - 0.125",
          "d + e",
          "d * e - i",
          "i / n => CASE WHEN n <> 0 THEN i / n END",
          "m / 4 => CAST(m AS DOUBLE) / 4",
          "e / d => CASE WHEN d <> 0 THEN e / d END",
          "MOD(i, n) => CASE WHEN n <> 0 THEN mod(i, n) END",
          "m % 2 => mod(m, 2)",
          "DIV(l, n) => CASE WHEN n <> 0 THEN l // n END",
          "ABS(i)",
          "ABS(m)",
          "ABS(d)",
          "SIGN(m)",
          "SIGN(d)",
          "ROUND(d)",
          "ROUND(m, 1)",
          "ROUND(e, 1)",
          "ROUND(l, -3)",
          "TRUNCATE(m, 1) => trunc(m, 1)",
          "TRUNC(d)",
          "FLOOR(d)",
          "FLOOR(m)",
          "CEIL(e)",
          "CEIL(m)",
          "BITAND(l, i) => l & i",
          "BITOR(l, 1024) => l | 1024",
          "BITXOR(l, n) => xor(l, n)",
          "BIT_COUNT(l)",
          // text
          "LOWER(s)",
          "UPPER(u)",
          "TRIM(s)",
          "TRIM(LEADING 'a' FROM s) => ltrim(s, 'a')",
          "TRIM(TRAILING 'c' FROM s) => rtrim(s, 'c')",
          "LTRIM(s)",
          "RTRIM(s)",
          "SUBSTRING(s FROM 2 FOR 3)",
          "SUBSTRING(s, 4)",
          "SUBSTRING(u, 0, 2) => left(u, 1)",
          "LEFT(s, n)",
          "RIGHT(s, n)",
          "LPAD(s, 5, 'é')",
          "LPAD(s, n, 'xy')",
          "RPAD(u, 4, '-')",
          "CHAR_LENGTH(s) => length(s)",
          "OCTET_LENGTH(s) => strlen(s)",
          "POSITION('a' IN s)",
          "POSITION(s IN u)",
          "INSTR(u, 'b')",
          "STARTS_WITH(s, 'a')",
          "ENDS_WITH(s, 'h')",
          "CONTAINS(u, s)",
          "REPLACE(s, 'a', 'bb')",
          "REPLACE(s, u, '')",
          "TRANSLATE(s, 'ab😀', 'x')",
          "OVERLAY(u PLACING 'XY' FROM 2) => left(u, 1) || 'XY' || substring(u, 4)",
          "REPEAT(s, n)",
          "REVERSE(s)",
          "SPLIT_PART(s, '-', 2)",
          "SPLIT_PART(s, '--', -1)",
          "SPLIT_PART(s, '-', NULLIF(n, 0))",
          "s || u",
          "CONCAT(s, u) => s || u",
          "CONCAT_WS('-', s, u, CAST(i AS VARCHAR))",
          "ASCII(s)",
          "IF(OCTET_LENGTH(s || u) = CHAR_LENGTH(s || u), LEVENSHTEIN(s, u), NULL)"
              + " => CASE WHEN strlen(s || u) = length(s || u) THEN levenshtein(s, u) END",
          "REGEXP_LIKE(s, '^[a-z]+$') => regexp_matches(s, '^[a-z]+$')",
          "REGEXP_REPLACE(s, '[ae]', '<$0>') => regexp_replace(s, '[ae]', '<\\0>', 'g')",
          "COALESCE(REGEXP_EXTRACT(s, '([a-z])-(.)', 2), '') => coalesce(regexp_extract(s, '([a-z])-(.)', 2), '')",
          "MD5(s)",
          "SHA1(s)",
          "SHA256(s)",
          // conversions
          "CAST(i AS DOUBLE)",
          "CAST(d AS INTEGER) => CAST(trunc(d) AS INTEGER)",
          "CAST(m AS BIGINT) => CAST(trunc(m) AS BIGINT)",
          "CAST(d AS DECIMAL(12, 1))",
          "CAST(m AS VARCHAR)",
          "CAST(l AS VARCHAR)",
          "CAST(born AS VARCHAR)",
          "CAST(u AS VARCHAR(2)) => left(u, 2)",
          "CAST(b AS INTEGER)",
          "TRY_CAST(s AS INTEGER)",
          "TRY_CAST(s AS DATE)",
          "TRY_CAST(s AS DOUBLE)",
          // time
          "EXTRACT(YEAR FROM ts)",
          "EXTRACT(QUARTER FROM born)",
          "EXTRACT(MONTH FROM ts)",
          "EXTRACT(WEEK FROM ts)",
          "EXTRACT(ISOYEAR FROM born)",
          "EXTRACT(DAY FROM us)",
          "EXTRACT(DOW FROM ts) => extract(dow FROM ts) + 1",
          "EXTRACT(ISODOW FROM ts)",
          "EXTRACT(DOY FROM born)",
          "EXTRACT(HOUR FROM ts)",
          "EXTRACT(MINUTE FROM ts)",
          "EXTRACT(SECOND FROM us)",
          "EXTRACT(MILLISECOND FROM us)",
          "EXTRACT(MICROSECOND FROM us)",
          "EXTRACT(EPOCH FROM ts) => CAST(floor(epoch(ts)) AS BIGINT)",
          "CAST(ts AS DATE)",
          "CAST(born AS TIMESTAMP) => CAST(born AS TIMESTAMPTZ)",
          "DATE_TRUNC('year', ts)",
          "DATE_TRUNC('quarter', ts)",
          "DATE_TRUNC('month', us)",
          "DATE_TRUNC('week', ts)",
          "DATE_TRUNC('day', ts)",
          "DATE_TRUNC('minute', ts)",
          "DATE_TRUNC('week', born) => CAST(date_trunc('week', born) AS DATE)",
          "FLOOR(born TO MONTH) => CAST(date_trunc('month', born) AS DATE)",
          "ts + INTERVAL '1' DAY",
          "ts - INTERVAL '36' HOUR",
          "ts + INTERVAL '1' MONTH",
          "us - INTERVAL '1' YEAR",
          "ts + INTERVAL i DAY => ts + to_days(i)",
          "born + INTERVAL '1' MONTH => CAST(born + INTERVAL 1 MONTH AS DATE)",
          "born - INTERVAL '1' YEAR => CAST(born - INTERVAL 1 YEAR AS DATE)",
          "born + n",
          "born - 400",
          "paid - born",
          "TIMESTAMPADD(WEEK, n, born) => CAST(born + to_weeks(n) AS DATE)",
          "DATE_DIFF('year', born, paid)",
          "DATE_DIFF('quarter', born, paid)",
          "DATE_DIFF('month', born, paid)",
          "DATE_DIFF('week', born, paid) => (date_trunc('week', paid)::DATE - date_trunc('week', born)::DATE) // 7",
          "DATE_DIFF('day', born, paid)",
          "DATE_DIFF('day', ts, us)",
          "DATE_DIFF('month', ts, us)",
          "DATE_DIFF('year', ts, us)",
          "TIMESTAMPDIFF(DAY, born, paid) => date_sub('day', born, paid)",
          "TIMESTAMPDIFF(SECOND, ts, us) => date_sub('second', ts, us)",
          "TIMESTAMPDIFF(HOUR, ts, us) => CAST(trunc((epoch_us(us) - epoch_us(ts)) / 3600e6) AS BIGINT)",
          "LAST_DAY(ts)",
          "LAST_DAY(born)",
          "DAYNAME(ts)",
          "MONTHNAME(born)",
          "MAKE_DATE(2024, 2, 20 + MOD(ABS(n), 10)) => make_date(2024, 2, CAST(20 + abs(n) % 10 AS INTEGER))",
          "DATE_FORMAT(ts, 'yyyy-MM-dd HH:mm:ss') => strftime(ts, '%Y-%m-%d %H:%M:%S')",
          "DATE_FORMAT(born, 'EEE dd MMM yy') => strftime(born, '%a %d %b %y')",
          "TO_DATE(DATE_FORMAT(born, 'dd.MM.yyyy'), 'dd.MM.yyyy') => born",
          "TRY(TO_DATE(s, 'yyyy-MM-dd')) => try_cast(try_strptime(s, '%Y-%m-%d') AS DATE)",
          "UNIX_MILLIS(us) => CAST(floor(epoch_us(us) / 1000) AS BIGINT)",
          "UNIX_MICROS(us) => epoch_us(us)",
          "TIMESTAMP_SECONDS(i) => to_timestamp(i)",
          "TIMESTAMP_MICROS(l) => make_timestamptz(l)",
          // more of each
          "TIMESTAMPDIFF(DAY, ts, us) => date_sub('day', ts, us)",
          "TIMESTAMPDIFF(MONTH, ts, us) => date_sub('month', ts, us)",
          "TIMESTAMPDIFF(YEAR, ts, us) => date_sub('year', ts, us)",
          "TIMESTAMPDIFF(WEEK, ts, us) => date_sub('week', ts, us)",
          "TIMESTAMPDIFF(MINUTE, ts, us) => date_sub('minute', ts, us)",
          "DATE_DIFF('minute', ts, us)",
          "DATE_DIFF('second', ts, us)",
          "DATE_DIFF('quarter', ts, us)",
          "TO_TIMESTAMP(DATE_FORMAT(us, 'yyyy-MM-dd HH:mm:ss.SSSSSSXXX'), 'yyyy-MM-dd HH:mm:ss.SSSSSSXXX') => us",
          "CAST(d AS VARCHAR)",
          "CAST(e AS VARCHAR)",
          "CAST(s AS VARCHAR(0)) => left(s, 0)",
          "SUBSTRING(s FROM n FOR 3) => CASE WHEN n > 0 THEN substring(s, n, 3) WHEN n + 3 > 1 THEN left(s, n + 2) ELSE CASE WHEN n IS NOT NULL THEN left(s, 0) END END",
          "ROUND(m)",
          "ROUND(m * 1000, -2)",
          "ROUND(d, 0)",
          "TRUNCATE(l, -3) => l // 1000 * 1000",
          "FLOOR(m / 3) => floor(CAST(m AS DOUBLE) / 3)",
          "EXTRACT(WEEK FROM born)",
          "EXTRACT(DOW FROM born) => extract(dow FROM born) + 1",
          "m * m",
          "m * 3.14159",
          "i * 2.5 + m",
          "CAST(m AS DECIMAL(12, 1))",
          "CAST(m AS INTEGER) => CAST(trunc(m) AS INTEGER)",
          "CAST(d * 1.1 AS DECIMAL(18, 3))",
          "CAST(l AS DOUBLE)",
          "i BETWEEN SYMMETRIC 5 AND n => (i BETWEEN 5 AND n) OR (i BETWEEN n AND 5)",
          "s BETWEEN 'a' AND u",
          "CASE WHEN i = 1 THEN m WHEN i = 2 THEN d ELSE l END",
          "COALESCE(m, i, d)",
          "i / 3 + n / 7",
          "DATE_TRUNC('day', us)",
          "us + INTERVAL '1' MONTH",
          "us - INTERVAL '1' DAY",
          "ts + INTERVAL '90' MINUTE",
          "MOD(l, 1000)",
          "MOD(d, 1.5e0) => d % 1.5e0",
          "m % 0.7",
          "-d",
          "ABS(l)",
          "TRY_CAST(s AS DECIMAL(10, 2))",
          "TRY_CAST(s AS BIGINT)",
          "TRY_CAST(u AS BOOLEAN)",
          "TRY_CAST(s || '5' AS DOUBLE)",
          "TRANSLATE(u, s, 'xyz')",
          "SPLIT_PART(u, 'a', n + 5)",
          "RPAD(s, n + 3, u || '.')",
          "s LIKE '%-%-%'",
          "s LIKE '%b'",
          "u LIKE '_%_%'",
          "REPLACE(u, '-', '--')",
          "POSITION(u IN s)");

  /** Their last bits depend on the library of C; ours are those of fdlibm. */
  private static final List<String> MATHEMATICS =
      List.of(
          "LN(e + 30)",
          "LOG(2, e + 30)",
          "LOG2(e + 30)",
          "LOG10(e + 30)",
          "EXP(d)",
          "SQRT(e + 30)",
          "CBRT(d)",
          "POWER(e + 30, 1.5)",
          "SIN(d)",
          "COS(d)",
          "TAN(d)",
          "ATAN(d)",
          "ATAN2(d, e)",
          "ASIN(d / 100)",
          "ACOS(d / 100)",
          "SINH(d / 10)",
          "COSH(d / 10)",
          "TANH(d / 10)",
          "RADIANS(d)",
          "DEGREES(d)",
          "PI() * d");

  private final ExpressionCompiler compiler = new ExpressionCompiler(ZoneId.of(ZONE));
  private final Evaluation berlin = new Evaluation(ZONE);
  private Connection duckdb;

  private static Column nullable(String name, ColumnType type) {
    return new Column(name, type.withNullable(true));
  }

  @BeforeEach
  void connect() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("SET TimeZone = '" + ZONE + "'");
      statement.execute(TABLE);
    }
  }

  @AfterEach
  void close() throws SQLException {
    duckdb.close();
  }

  @Test
  void shouldAgreeWithDuckDb() throws Exception {
    compare(EXPRESSIONS, 17, 0);
  }

  @Test
  void shouldAgreeWithDuckDbToTheLastBitsOfFunctions() throws Exception {
    compare(MATHEMATICS, 23, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GREATEST(1, NULL) | NULL | 1 | NULL is not known, so the greatest is not: SQL standard",
        "CONCAT('a', CAST(NULL AS VARCHAR)) | NULL | 'a' | the same as ||",
        "SUBSTRING('abc', -2) | 'abc' | 'bc' | positions before the first are none: SQL standard",
        "LPAD('abc', 6, '') | 'abc' | error | nothing to fill with: PostgreSQL",
        "SPLIT_PART('abc', '', 2) | '' | 'b' | an empty separator separates nothing: PostgreSQL",
        "UPPER('weiß') | 'WEISS' | 'WEIẞ' | full case mapping of Unicode",
        "EXTRACT(DOW FROM DATE '2026-11-22') | 1 | 0 | Sunday is 1: ODBC, Spark, Calcite",
        "1 / 0 | NULL | Infinity | DOUBLEs are finite",
        "MOD(7, 0) | NULL | error | what is divided by 0 is NULL",
        "LN(0) | error | -Infinity | DOUBLEs are finite",
        "SQRT(-1) | error | NaN | DOUBLEs are finite",
        "1e308 * 10 | error | Infinity | DOUBLEs are finite",
        "CAST(2.5 AS INTEGER) | 2 | 3 | cut off, as in the SQL standard's engines Spark and Trino",
        "CAST('1.5' AS INTEGER) | error | 2 | no silent loss",
        "CAST(1e20 AS VARCHAR) | '1.0E20' | '1e+20' | as Java and Spark write it",
        "CAST(TRUE AS VARCHAR) | 'TRUE' | 'true' | SQL standard",
        "BIT_COUNT(-1) | 64 | 32 | counted in BIGINT, as in Spark",
        "REGEXP_REPLACE('a1b2', '[0-9]', '#') | 'a#b#' | 'a#b2' | all fits: Spark, Trino",
        "REGEXP_EXTRACT('a', '[0-9]') | NULL | '' | no fit is no text: Trino",
        "CBRT(-27) | -3.0 | -3.0000000000000004 | correctly rounded",
        "'5' = 5 | error | TRUE | text is never converted in silence",
        "DATE_DIFF('week', DATE '1959-12-19', DATE '2011-03-02') | 2672 | 2671 | so many Mondays lie between",
        "ROUND(27e0 * 1.005e0, 2) | 27.13 | 27.14 | the product is 27.134999999999998",
        "TIMESTAMPDIFF(MONTH, DATE '1945-01-29', DATE '1999-02-28') | 648 | 649 | the 29th was not reached: MySQL",
        "DATE_TRUNC('hour', TIMESTAMP '2026-10-25 00:29:37+00:00') | 2026-10-25T00:00:00Z | 2026-10-25T01:00:00Z | hours are not mixed up when one comes twice",
        "DATE_DIFF('hour', TIMESTAMP '1970-01-01 12:50:46+00:00', TIMESTAMP '1980-09-28 00:53:22+00:00') | 94140 | 94141 | hours are lengths, whatever clocks show",
        "LOG(100) | error | 2.0 | others mean e: a base must be written",
        "EXTRACT(EPOCH FROM TIMESTAMP '1970-01-01 01:00:00.5') | 0 | 0.5 | whole seconds, cut off towards the past",
      })
  void shouldDifferWhereThereIsAReason(String sql, String ours, String theirs, String reason)
      throws SQLException {
    assertEquals(ours, ours(sql), reason);
    assertEquals(theirs, theirs(sql), reason);
    assertNotEquals(ours, theirs, "no longer a difference");
  }

  /** Computes all expressions on all rows with both. */
  private void compare(List<String> pairs, long seed, int ulps) throws Exception {
    List<Step> steps = new ArrayList<>();
    List<Column> results = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (String pair : pairs) {
      String ours = pair.split(SEPARATOR, 2)[0];
      TypedExpression expression = compiler.parse(ours, SCOPE);
      String column = "result" + results.size();
      results.add(new Column(column, expression.type().withNullable(true)));
      steps.add(new Step.Assign(column, expression, column));
      theirs.add(
          "("
              + pair.substring(pair.indexOf(SEPARATOR) < 0 ? 0 : ours.length() + SEPARATOR.length())
              + ")");
    }
    RowType layout = SCOPE.with("layout", results);
    CompiledProgram compiled = compiler.compile(layout, steps);
    Program program = compiled.load();
    Row row = compiled.newRow(layout.size());
    List<Object[]> rows = randomRows(new Random(seed));
    insert(rows);
    try (Statement statement = duckdb.createStatement();
        ResultSet expected =
            statement.executeQuery("SELECT " + String.join(", ", theirs) + " FROM t ORDER BY id")) {
      for (Object[] values : rows) {
        assertTrue(expected.next());
        fill(row, values);
        program.run(row);
        for (int e = 0; e < pairs.size(); e++) {
          Object found = value(row, layout, SCOPE.size() + e);
          assertAgrees(
              expected.getObject(e + 1),
              found,
              ulps,
              pairs.get(e) + " on " + Arrays.toString(values));
        }
      }
    }
  }

  private static void assertAgrees(Object expected, Object found, int ulps, String what) {
    if (expected instanceof Number theirs && found instanceof Number) {
      if (found instanceof Double number) {
        double other = theirs.doubleValue();
        assertEquals(other, number, ulps * Math.ulp(other), what);
      } else {
        assertEquals(
            0,
            new BigDecimal(expected.toString()).compareTo(new BigDecimal(found.toString())),
            () -> what + ": DuckDB gives " + expected + ", we give " + found);
      }
    } else {
      Object comparable =
          expected instanceof OffsetDateTime time
              ? time.toInstant()
              : expected instanceof Float number ? (Object) number.doubleValue() : expected;
      assertEquals(comparable, found, what);
    }
  }

  /** Times lie around changes of the clocks, days around ends of Februaries and years. */
  private static List<Object[]> randomRows(Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Object[] values = {
        random.nextInt(8) - 2,
        random.nextInt(9) - 4,
        random.nextLong() >> (1 + random.nextInt(40)) >> 12,
        random.nextInt(4000) / 32.0 - 40,
        random.nextInt(2000) / 16.0 - 20,
        BigDecimal.valueOf(random.nextInt(4000) - 1500, 2),
        WORDS.get(random.nextInt(WORDS.size())),
        WORDS.get(random.nextInt(WORDS.size())),
        random.nextBoolean(),
        CHANGES
            .get(random.nextInt(CHANGES.size()))
            .plusMillis(random.nextInt(400_000_000) - 200_000_000),
        CHANGES
            .get(random.nextInt(CHANGES.size()))
            .plus(random.nextLong() % 200_000_000_000L, ChronoUnit.MICROS),
        LocalDate.of(1896 + random.nextInt(140), 1, 1).plusDays(random.nextInt(90) - 30),
        LocalDate.of(1996 + random.nextInt(30), 2, 27).plusDays(random.nextInt(5))
      };
      for (int i = 0; i < values.length; i++) {
        if (SCOPE.columns().get(i).type().nullable() && random.nextInt(5) == 0) {
          values[i] = null;
        }
      }
      rows.add(values);
    }
    return rows;
  }

  private void insert(List<Object[]> rows) throws SQLException {
    try (PreparedStatement insert =
        duckdb.prepareStatement("INSERT INTO t VALUES (?" + ", ?".repeat(SCOPE.size()) + ")")) {
      for (int r = 0; r < rows.size(); r++) {
        insert.setInt(1, r);
        Object[] values = rows.get(r);
        for (int i = 0; i < values.length; i++) {
          insert.setObject(
              i + 2,
              values[i] instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : values[i]);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
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
      } else if (value instanceof BigDecimal number) {
        row.setLong(i, number.unscaledValue().longValueExact());
      } else if (value instanceof LocalDate day) {
        row.setLong(i, day.toEpochDay());
      } else if (value instanceof Instant moment) {
        boolean isMillis = SCOPE.columns().get(i).type().kind() == Kind.TIMESTAMP_MILLIS;
        row.setLong(
            i, (isMillis ? ChronoUnit.MILLIS : ChronoUnit.MICROS).between(Instant.EPOCH, moment));
      } else {
        row.setLong(i, ((Number) value).longValue());
      }
    }
  }

  private static @Nullable Object value(Row row, RowType layout, int slot) {
    if (row.nulls[slot]) {
      return null;
    }
    long value = row.longs[slot];
    ColumnType type = layout.columns().get(slot).type();
    return switch (type.kind()) {
      case BOOLEAN -> value != 0;
      case STRING -> row.string(slot);
      case FLOAT, DOUBLE -> row.doubles[slot];
      case DECIMAL -> BigDecimal.valueOf(value, type.scale());
      case INT, LONG -> value;
      case DATE -> LocalDate.ofEpochDay(value);
      case TIMESTAMP_MILLIS -> Instant.ofEpochMilli(value);
      case TIMESTAMP_MICROS -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
    };
  }

  private String ours(String sql) {
    try {
      return berlin.evaluate(sql);
    } catch (ExpressionException | ArithmeticException | IllegalArgumentException e) {
      return "error";
    }
  }

  /** DuckDB's value; its dates have a function for what is called TIMESTAMPDIFF here. */
  private String theirs(String sql) {
    try (Statement statement = duckdb.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT "
                    + sql.replace("TIMESTAMP '", "TIMESTAMPTZ '")
                        .replace("TIMESTAMPDIFF(MONTH", "date_sub('month'"))) {
      result.next();
      Object value = result.getObject(1);
      if (value instanceof OffsetDateTime time) {
        return time.toInstant().toString();
      }
      if (value == null) {
        return "NULL";
      }
      return value instanceof String
          ? "'" + value + "'"
          : value instanceof Boolean ? value.toString().toUpperCase(Locale.ROOT) : value.toString();
    } catch (SQLException e) {
      return "error";
    }
  }
}
