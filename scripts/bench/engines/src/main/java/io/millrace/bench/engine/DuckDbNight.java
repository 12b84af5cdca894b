package io.millrace.bench.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;

/**
 * DuckDB as its documentation advises: two threads, 4 GB, no order to be kept, SQL from the files
 * to Parquet. Lines are read whole, because a quote that is never closed would take the lines
 * behind it along, and because the quarantine keeps the line. Models run inside, as a vectorised
 * function.
 */
final class DuckDbNight implements Night {
  private static final String MODEL = "model";

  private final Task task;
  private final boolean repeatedFirst;
  private final Connection connection;
  private final Statement statement;

  /**
   * @param repeatedFirst whether keys that occur twice are looked for first, so that a window sorts
   *     their rows alone
   */
  DuckDbNight(Task task, boolean repeatedFirst) throws Exception {
    this.task = task;
    this.repeatedFirst = repeatedFirst;
    connection = DriverManager.getConnection("jdbc:duckdb:");
    statement = connection.createStatement();
    run("SET threads = 2");
    run("SET memory_limit = '4GB'");
    run("SET preserve_insertion_order = false");
    run("SET temp_directory = '" + task.warehouse().resolve("_duckdb") + "'");
    if (task.steps().contains(Step.SCORE)) {
      registerModel();
    }
  }

  @Override
  public void clean(LocalDate date) throws Exception {
    run(
        """
        CREATE OR REPLACE TEMP TABLE parsed AS
        WITH lines AS (
          SELECT line, parse_filename(filename) AS file
          FROM read_csv(['%1$s/dt=%2$s/*.csv', '%1$s/dt=%2$s/*.csv.gz'], columns = {'line': 'VARCHAR'}, header = true, auto_detect = false,
            delim = '', quote = '', escape = '', filename = true, store_rejects = true)),
        fields AS (
          SELECT line, file,
            CASE WHEN contains(line, '"')
              THEN regexp_extract_all(line, '(?:^|,)("(?:[^"]|"")*"|[^,"]*)', 1)
              ELSE string_split(line, ',') END AS f
          FROM lines),
        columns AS (
          SELECT line, file, len(f) AS width, nullif(f[1], '') AS txn_id, nullif(nullif(f[2], 'n/a'), '') AS ts_text,
            nullif(f[3], '') AS card_id, nullif(f[4], '') AS card_country, nullif(f[5], '') AS terminal_id,
            nullif(f[6], '') AS merchant_id,
            nullif(CASE WHEN starts_with(f[7], '"') THEN replace(f[7][2:-2], '""', '"') ELSE f[7] END, '') AS merchant_name,
            nullif(nullif(f[8], 'n/a'), '') AS amount_text, nullif(nullif(f[9], 'n/a'), '') AS currency,
            nullif(f[10], '') AS country, nullif(lower(trim(f[11])), '') AS channel,
            nullif(nullif(f[12], 'n/a'), '') AS is_fraud_text
          FROM fields),
        typed AS (
          SELECT *, TRY_CAST(ts_text AS TIMESTAMP_MS) AS ts, TRY_CAST(amount_text AS DOUBLE) AS amount,
            TRY_CAST(is_fraud_text AS BOOLEAN) AS is_fraud
          FROM columns)
        SELECT txn_id, ts, card_id, card_country, terminal_id, merchant_id, merchant_name, amount, currency, country,
          channel, is_fraud, CAST(extract(hour FROM ts) AS INTEGER) AS hour, country <> card_country AS abroad, file, line,
          CASE
            WHEN (length(line) - length(replace(line, '"', ''))) %% 2 = 1 THEN 'csv.quote'
            WHEN width <> 12 THEN 'csv.columns'
            WHEN txn_id IS NULL OR ts_text IS NULL OR card_id IS NULL OR card_country IS NULL OR terminal_id IS NULL
              OR merchant_id IS NULL OR merchant_name IS NULL OR country IS NULL OR channel IS NULL THEN 'column.required'
            WHEN ts IS NULL OR (amount IS NULL AND amount_text IS NOT NULL)
              OR (is_fraud IS NULL AND is_fraud_text IS NOT NULL) THEN 'column.type'
            WHEN (amount BETWEEN 0 AND 100000) IS NOT TRUE THEN 'amount_in_range'
            WHEN (currency IN ('EUR', 'USD', 'GBP')) IS NOT TRUE THEN 'known_currency'
            WHEN (channel IN ('pos', 'web', 'atm')) IS NOT TRUE THEN 'known_channel'
            WHEN ts >= DATE '%3$s' THEN 'time.future'
          END AS rule
        FROM typed\
        """
            .formatted(task.landing(), date, date.plusDays(1)));
    copy(
        """
        SELECT file, rule, %s AS reason, encode(line) AS raw FROM parsed WHERE rule IS NOT NULL
        UNION ALL
        SELECT parse_filename(file_path), 'csv.encoding', error_message, encode(csv_line)
        FROM reject_errors JOIN reject_scans USING (scan_id, file_id)\
        """
            .formatted(REASON),
        "quarantine/clean",
        date);
    copy(repeatedFirst ? dedupeRepeated() : dedupe("parsed WHERE rule IS NULL"), "clean", date);
    run("DROP TABLE parsed");
  }

  private static String dedupe(String rows) {
    return """
    SELECT %s FROM %s
    QUALIFY row_number() OVER (PARTITION BY card_id, txn_id ORDER BY ts DESC, line) = 1\
    """
        .formatted(String.join(", ", Columns.CLEAN), rows);
  }

  private String dedupeRepeated() throws SQLException {
    run(
        """
        CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT card_id, txn_id FROM parsed WHERE rule IS NULL GROUP BY ALL HAVING count(*) > 1\
        """);
    return """
    SELECT %s FROM parsed ANTI JOIN repeated USING (card_id, txn_id) WHERE rule IS NULL
    UNION ALL (%s)\
    """
        .formatted(
            String.join(", ", Columns.CLEAN),
            dedupe("parsed SEMI JOIN repeated USING (card_id, txn_id) WHERE rule IS NULL"));
  }

  private static final String REASON =
      """
      CASE rule
        WHEN 'csv.quote' THEN 'a quote is not closed on its line'
        WHEN 'csv.columns' THEN 'not 12 fields'
        WHEN 'column.required' THEN 'a column that must not be NULL is NULL'
        WHEN 'column.type' THEN 'a value is not of its column''s type'
        WHEN 'time.future' THEN 'happened at ' || CAST(ts AS VARCHAR)
        ELSE concat('amount ', amount, ', currency ', currency, ', channel ', channel)
      END\
      """;

  @Override
  public void features(LocalDate date) throws Exception {
    copy(features("card", CARD, date), "features/card", date);
    copy(
        features("terminal", TERMINAL, date.minusDays(Columns.TERMINAL_DELAY)),
        "features/terminal",
        date);
  }

  private static final List<String> CARD =
      List.of(
          "count(*) FILTER (%s)",
          "sum(amount) FILTER (%s)",
          "avg(amount) FILTER (%s)",
          "max(amount) FILTER (%s)",
          "avg(CASE WHEN channel = 'web' THEN 1 ELSE 0 END) FILTER (%s)",
          "avg(CASE WHEN abroad THEN 1 ELSE 0 END) FILTER (%s)");
  private static final List<String> TERMINAL =
      List.of(
          "count(*) FILTER (%s)",
          "avg(CASE WHEN is_fraud THEN 1 WHEN NOT is_fraud THEN 0 END) FILTER (%s)");

  private String features(String group, List<String> aggregates, LocalDate last) {
    List<String> columns = new ArrayList<>(List.of(group + "_id"));
    List<String> names = Columns.features(group);
    for (int window : Columns.WINDOWS) {
      String inWindow = "ts >= TIMESTAMP '%s 00:00:00'".formatted(last.minusDays(window - 1));
      for (String aggregate : aggregates) {
        columns.add(aggregate.formatted(inWindow) + " AS " + names.get(columns.size() - 1));
      }
    }
    int longest = Collections.max(Columns.WINDOWS);
    return """
    SELECT %s
    FROM read_parquet('%s/clean/dt=*/*.parquet', hive_partitioning = true)
    WHERE ts >= TIMESTAMP '%s 00:00:00' AND ts < TIMESTAMP '%s 00:00:00'
    GROUP BY %s_id\
    """
        .formatted(
            String.join(", ", columns),
            task.warehouse(),
            last.minusDays(longest - 1),
            last.plusDays(1),
            group);
  }

  @Override
  public void score(LocalDate date) throws Exception {
    String inputs =
        Columns.inputs().stream()
            .map(name -> "coalesce(%s::FLOAT, %s)".formatted(known(name), missing()))
            .collect(Collectors.joining(", "));
    copy(
        """
        SELECT txn_id, card_id, amount, %s(%s) AS score
        FROM read_parquet('%s/clean/dt=%s/*.parquet') AS events
          LEFT JOIN read_parquet('%s/features/card/dt=%s/*.parquet') AS card USING (card_id)
          LEFT JOIN read_parquet('%s/features/terminal/dt=%s/*.parquet') AS terminal USING (terminal_id)\
        """
            .formatted(
                MODEL,
                inputs,
                task.warehouse(),
                date,
                task.warehouse(),
                date.minusDays(1),
                task.warehouse(),
                date.minusDays(1)),
        "scores",
        date);
  }

  /** A count of an entity without events is 0. */
  private static String known(String name) {
    return name.contains("txn_count") ? "coalesce(" + name + ", 0)" : name;
  }

  private String missing() {
    return Float.isNaN(task.missing()) ? "'NaN'::FLOAT" : task.missing() + "::FLOAT";
  }

  private void registerModel() throws SQLException {
    int width = Columns.inputs().size();
    int records = 2048; // DuckDB's vectors
    String model = task.model().toString();
    ThreadLocal<Scorer> scorers = ThreadLocal.withInitial(() -> open(model, width, records));
    DuckDBColumnType[] parameters = new DuckDBColumnType[width];
    java.util.Arrays.fill(parameters, DuckDBColumnType.FLOAT);
    DuckDBFunctions.scalarFunction()
        .withName(MODEL)
        .withParameters(parameters)
        .withReturnType(DuckDBColumnType.FLOAT)
        .withVectorizedFunction(
            (input, output) -> {
              Scorer scorer = scorers.get();
              int count = Math.toIntExact(input.rowCount());
              for (int column = 0; column < width; column++) {
                var vector = input.vector(column);
                for (int row = 0; row < count; row++) {
                  scorer.rows().put(row * width + column, vector.getFloat(row));
                }
              }
              float[] scores = scorer.score(count);
              for (int row = 0; row < count; row++) {
                output.setFloat(row, scores[row]);
              }
            })
        .register(connection);
  }

  private static Scorer open(String model, int width, int records) {
    try {
      return new Scorer(model, width, records);
    } catch (ai.onnxruntime.OrtException e) {
      throw new IllegalStateException("Cannot open the model: " + model, e);
    }
  }

  private void copy(String query, String dataSet, LocalDate date) throws Exception {
    Path folder = task.warehouse().resolve(dataSet).resolve("dt=" + date);
    Files.createDirectories(folder);
    run("COPY (%s) TO '%s/data.parquet' (FORMAT parquet)".formatted(query, folder));
  }

  private void run(String sql) throws SQLException {
    statement.execute(sql);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    connection.close();
  }
}
