package io.millrace.bench;

import io.millrace.bench.engine.Columns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.duckdb.DuckDBConnection;

/**
 * Whether engines made the same. What the first engine makes of a case is what is expected of the
 * others, and of its own further rounds; rows read are counted in the raw files.
 */
final class Check {
  /** Sums of doubles depend on the order of the rows. */
  private static final double RELATIVE = 1e-9;

  private static final double SCORE = 1e-6;

  private final Folders folders;

  Check(Folders folders) {
    this.folders = folders;
  }

  /** Compares what an engine made; says what there is, and throws where it differs. */
  String run(Case work, Engine engine, boolean first) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '4GB'");
      statement.execute("SET temp_directory = '" + folders.root().resolve("_check") + "'");
      Files.createDirectories(folders.expected(work));
      List<String> findings = new ArrayList<>();
      for (DataSet dataSet : DataSet.of(work)) {
        Path expected =
            folders
                .expected(work)
                .resolve(dataSet.name().toLowerCase(java.util.Locale.ROOT) + ".parquet");
        List<Path> files = files(engine, work, dataSet);
        if (engine.suffix().equals(".avro")) {
          if (sameBytes(expected, files)) {
            continue;
          }
          AvroRows.load(files, "found", connection.unwrap(DuckDBConnection.class));
        } else {
          statement.execute(
              "CREATE VIEW found AS SELECT * FROM read_parquet(["
                  + files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "))
                  + "])");
        }
        if (first) {
          statement.execute("COPY found TO '" + expected + "' (FORMAT parquet)");
          Files.writeString(bytesFile(expected), bytes(files));
        } else {
          statement.execute("CREATE OR REPLACE VIEW expected AS SELECT * FROM '" + expected + "'");
          compare(
              dataSet, work.title() + ", " + dataSet.path() + " of " + engine.name(), statement);
        }
        findings.add(dataSet.path() + " " + row(statement, "SELECT count(*) FROM found"));
        statement.execute(
            "DROP " + (engine.suffix().equals(".avro") ? "TABLE" : "VIEW") + " found");
      }
      return findings.isEmpty() ? "the same bytes as before" : String.join(", ", findings);
    }
  }

  private static void compare(DataSet dataSet, String what, Statement statement)
      throws SQLException {
    switch (dataSet) {
      case CLEAN -> {
        String columns =
            Columns.CLEAN.stream()
                .map(name -> name.equals("ts") ? "epoch_ms(ts)" : name)
                .collect(Collectors.joining(", "));
        same(
            "SELECT count(*), sum(amount)::DECIMAL(18, 2), sum(hash("
                + columns
                + ")::HUGEINT) FROM ",
            what,
            statement);
      }
      case QUARANTINE -> {
        same(
            "SELECT string_agg(rule || ' ' || n, ', ' ORDER BY rule) FROM (SELECT rule, count(*) AS"
                + " n FROM (FROM %s) GROUP BY rule)",
            what, statement);
        // the bytes of a line that is no text are not what every engine can keep
        same(
            "SELECT count(*), sum(hash(file, rule, if(rule = 'csv.encoding', NULL, raw))::HUGEINT)"
                + " FROM ",
            what,
            statement);
      }
      case CARD -> features("card", what, statement);
      case TERMINAL -> features("terminal", what, statement);
      case SCORES ->
          none(
              """
              SELECT coalesce(e.card_id, f.card_id), coalesce(e.txn_id, f.txn_id), e.score, f.score
              FROM expected AS e FULL OUTER JOIN found AS f ON e.card_id = f.card_id AND e.txn_id = f.txn_id
              WHERE e.amount IS DISTINCT FROM f.amount OR (abs(e.score - f.score) <= %s) IS NOT TRUE\
              """
                  .formatted(SCORE),
              what,
              statement);
    }
  }

  private static void features(String group, String what, Statement statement) throws SQLException {
    String differs =
        Columns.features(group).stream()
            .map(
                name ->
                    "e.%1$s IS DISTINCT FROM f.%1$s AND (abs(e.%1$s - f.%1$s) <= %2$s * abs(e.%1$s)) IS NOT TRUE"
                        .formatted(name, RELATIVE))
            .collect(Collectors.joining(" OR "));
    none(
        "SELECT coalesce(e.%1$s_id, f.%1$s_id), e, f FROM expected AS e FULL OUTER JOIN found AS f ON e.%1$s_id = f.%1$s_id WHERE e.%1$s_id IS NULL OR f.%1$s_id IS NULL OR %2$s"
            .formatted(group, differs),
        what,
        statement);
  }

  /** A query gives one row for either. */
  private static void same(String query, String what, Statement statement) throws SQLException {
    String expected = row(statement, of(query, "expected"));
    String found = row(statement, of(query, "found"));
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          "Not the same result in %s: expected %s, found %s".formatted(what, expected, found));
    }
  }

  private static String of(String query, String table) {
    return query.contains("%s") ? query.formatted(table) : query + table;
  }

  /** A query of what differs finds nothing. */
  private static void none(String query, String what, Statement statement) throws SQLException {
    String differences = row(statement, "SELECT count(*) FROM (" + query + ")");
    if (!differences.equals("0")) {
      throw new IllegalStateException(
          "Not the same result in %s: %s rows differ, one of them: %s"
              .formatted(what, differences, row(statement, query + " LIMIT 1")));
    }
  }

  private static String row(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        values.add(rows.getString(i));
      }
      return String.join(" ", values);
    }
  }

  private static List<Path> files(Engine engine, Case work, DataSet dataSet) throws IOException {
    Path partition = Folders.partition(engine.warehouse(work.layout()), dataSet.path());
    try (Stream<Path> files = Files.list(partition)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> file.getFileName().toString().endsWith(engine.suffix()))
          .sorted()
          .toList();
    }
  }

  private static boolean sameBytes(Path expected, List<Path> files) throws IOException {
    Path before = bytesFile(expected);
    return Files.exists(before) && Files.readString(before).equals(bytes(files));
  }

  private static Path bytesFile(Path expected) {
    return expected.resolveSibling(expected.getFileName() + ".crc32c");
  }

  private static String bytes(List<Path> files) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      CRC32C sum = new CRC32C();
      sum.update(Files.readAllBytes(file));
      all.append(file.getFileName()).append(' ').append(sum.getValue()).append('\n');
    }
    return all.toString();
  }
}
