package io.millrace.oracle;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What DuckDB makes of a spec and its raw files. Dates must be cleaned in order. */
final class Oracle implements AutoCloseable {
  private final PipelineText pipeline;
  private final CleanSql clean;
  private final Map<String, FeaturesSql> features = new HashMap<>();
  private final Map<String, Map<String, String>> callTypes = new HashMap<>();
  private final Connection connection;
  private boolean started;

  Oracle(PipelineText pipeline) throws IOException, SQLException {
    this.pipeline = pipeline;
    clean = new CleanSql(pipeline, SchemaText.read(pipeline.schema()));
    for (String group : pipeline.groups()) {
      features.put(group, new FeaturesSql(pipeline, group));
    }
    connection = DriverManager.getConnection("jdbc:duckdb:");
    prepare();
  }

  private void prepare() throws SQLException {
    List<String> statements =
        new ArrayList<>(
            List.of(
                "SET TimeZone = '%s'".formatted(pipeline.zone()),
                "SET threads = 2",
                // x / 0 is NULL
                "SET error_on_division_by_zero = false",
                "SET ieee_floating_point_ops = false",
                // these take parts out of TRY, and x + 1 > 0 for x > -1, which cannot overflow
                "SET disabled_optimizers = 'expression_rewriter,common_subexpressions'",
                // a local time that is skipped is none; of two instants the earlier
                """
                CREATE MACRO at_local(t) AS CASE
                  WHEN timezone('%1$s', timezone('%1$s', t)) <> t THEN NULL
                  WHEN timezone('%1$s', timezone('%1$s', t) - INTERVAL 1 HOUR) = t
                    THEN timezone('%1$s', t) - INTERVAL 1 HOUR
                  ELSE timezone('%1$s', t) END"""
                    .formatted(pipeline.zone()),
                "CREATE MACRO cut_off(x) AS trunc(CAST(x AS DECIMAL(38, 12)))",
                "CREATE MACRO is_floating(x) AS typeof(x) IN ('DOUBLE', 'FLOAT')",
                // finite numbers, and decimals of 18 digits
                "CREATE MACRO storable(x) AS x IS NULL OR CASE"
                    + " WHEN is_floating(x) THEN CAST(x AS VARCHAR) NOT IN ('inf', '-inf', 'nan')"
                    + " WHEN typeof(x) LIKE 'DECIMAL%' THEN length(ltrim("
                    + "regexp_replace(CAST(x AS VARCHAR), '[-.]', '', 'g'), '0')) <= 18"
                    + " ELSE TRUE END",
                "CREATE MACRO finite(x) AS CASE WHEN storable(x) THEN x END",
                "CREATE MACRO at_rank(sorted, p) AS"
                    + " sorted[1 + CAST(floor(p * (len(sorted) - 1)) AS BIGINT)]",
                // DuckDB's own loses digits where values are large and close: they are shifted
                // first
                """
                CREATE MACRO variance_of(items, freedom) AS CASE WHEN len(items) > freedom
                  THEN greatest(0, list_sum([(item - items[1]) ** 2 FOR item IN items])
                    - list_sum([item - items[1] FOR item IN items]) ** 2 / len(items))
                    / (len(items) - freedom) END""",
                // different values, the most frequent first, then the least
                """
                CREATE MACRO most_frequent(items) AS list_sort(list_transform(
                    map_entries(list_aggregate(items, 'histogram')),
                    lambda each: {'rank': -each.value::BIGINT, 'value': each.key}))"""));
    statements.addAll(AvroOrder.MACROS);
    for (String statement : statements) {
      execute(statement);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin\n" + sql, e);
    }
  }

  private Map<String, String> describe(String query) throws SQLException {
    Map<String, String> types = new HashMap<>();
    for (List<Object> row : table("DESCRIBE " + query).rows()) {
      types.put((String) row.get(0), (String) row.get(1));
    }
    return types;
  }

  /** Takes a landing date in. */
  void land(LocalDate date) throws IOException, SQLException {
    String checked = clean.checked(date, files(date));
    execute("CREATE OR REPLACE TEMP TABLE checked_ AS " + checked);
    execute(
        "CREATE OR REPLACE TEMP VIEW accepted_ AS SELECT * FROM checked_ WHERE problem_ IS NULL");
    String day = "DATE '%s' AS dt_".formatted(date);
    String kept =
        "SELECT %s, * FROM (%s)"
            .formatted(day, clean.deduplicated(date, describe("FROM checked_")));
    String rejected =
        "SELECT %s, file_, problem_ AS rule_, line_ FROM checked_ WHERE problem_ IS NOT NULL"
            .formatted(day);
    if (!started) {
      started = true;
      execute("CREATE TABLE clean_ AS SELECT * FROM (" + kept + ") LIMIT 0");
      execute("CREATE TABLE rejected_ AS SELECT * FROM (" + rejected + ") LIMIT 0");
      for (Map.Entry<String, FeaturesSql> group : features.entrySet()) {
        callTypes.put(group.getKey(), describe(group.getValue().callsOver("clean_")));
      }
    }
    execute("INSERT INTO clean_ " + kept);
    execute("INSERT INTO rejected_ " + rejected);
  }

  /**
   * Raw files of a date, by their name relative to its folder; an empty one where there is none.
   */
  private Map<String, Path> files(LocalDate date) throws IOException {
    Path input = pipeline.input(date);
    Map<String, Path> files = new TreeMap<>();
    if (Files.isDirectory(input)) {
      try (Stream<Path> all = Files.walk(input)) {
        all.filter(Files::isRegularFile)
            .filter(file -> !file.getFileName().toString().matches("[_.].*"))
            .forEach(file -> files.put(input.relativize(file).toString(), file));
      }
    } else if (Files.exists(input)) {
      files.put(input.getFileName().toString(), input);
    }
    return files;
  }

  /** Clean rows of a date. */
  Table clean(LocalDate date) throws SQLException {
    return table(
        "SELECT %s FROM clean_ WHERE dt_ = DATE '%s'"
            .formatted(CleanSql.names(clean.columns()), date));
  }

  /** Quarantined lines of a date: file, rule, line. */
  Table rejected(LocalDate date) throws SQLException {
    return table("SELECT file_, rule_, line_ FROM rejected_ WHERE dt_ = DATE '%s'".formatted(date));
  }

  /** How many records of the date that landed last there were. */
  long read() throws SQLException {
    return (Long) table("SELECT COUNT(*) FROM checked_").rows().get(0).get(0);
  }

  Table features(String group, LocalDate date) throws SQLException {
    return table(features.get(group).query(date, callTypes.get(group)));
  }

  /**
   * The rows that are scored on a date, with the columns that the spec keeps.
   *
   * @param score the score in SQL over the rows' columns; empty where it is not computed
   */
  Table scores(LocalDate date, String score) throws SQLException {
    List<String> kept = new ArrayList<>(pipeline.list("score", "keep"));
    boolean events = pipeline.text("score", "rows").equals("events");
    String only = pipeline.groups().size() == 1 ? pipeline.groups().get(0) : "";
    String group = events ? "" : pipeline.textOr(only, "score", "group");
    if (kept.isEmpty()) {
      kept.addAll(
          events ? pipeline.list("clean", "deduplicate", "by") : features.get(group).entity());
    }
    String rows =
        events ? joined(date) : "(" + features.get(group).query(date, callTypes.get(group)) + ")";
    return table(
        "SELECT %s%s FROM %s"
            .formatted(
                CleanSql.names(kept),
                score.isEmpty()
                    ? ""
                    : ", CAST(" + Dialect.expression(score) + " AS DOUBLE) AS score",
                rows));
  }

  /** Clean rows that landed on a date beside the features of the day before. */
  private String joined(LocalDate date) {
    StringBuilder from = new StringBuilder("clean_ AS entities");
    StringBuilder columns = new StringBuilder("entities.*");
    for (Map.Entry<String, FeaturesSql> group : features.entrySet()) {
      FeaturesSql sql = group.getValue();
      String keys = CleanSql.names(sql.entity());
      String landed = "SELECT DISTINCT %s FROM clean_ WHERE dt_ = DATE '%s'".formatted(keys, date);
      String query = sql.query(date.minusDays(1), callTypes.get(group.getKey()), landed);
      String name = "features_" + group.getKey();
      from.append(" JOIN (%s) AS %s ON %s".formatted(query, name, sql.sameEntity(name)));
      columns.append(", %s.* EXCLUDE (%s)".formatted(name, keys));
    }
    return "(SELECT %s FROM %s WHERE entities.dt_ = DATE '%s')".formatted(columns, from, date);
  }

  FeaturesSql group(String group) {
    return features.get(group);
  }

  /** The result of any query. */
  Table table(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= width; i++) {
        columns.add(result.getMetaData().getColumnName(i));
      }
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        Object[] row = new Object[width];
        for (int i = 0; i < width; i++) {
          row[i] = plain(result.getObject(i + 1));
        }
        rows.add(Arrays.asList(row));
      }
      return new Table(columns, rows);
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\nin\n" + sql, e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof BigInteger number) {
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number.toString();
    }
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof Date date) {
      return date.toLocalDate().toEpochDay();
    }
    if (value instanceof OffsetDateTime time) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }
    if (value == null
        || value instanceof Long
        || value instanceof Double
        || value instanceof String
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("Cannot compare a " + value.getClass() + ": " + value);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
