package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a pipeline for a range of dates and compares all that it makes with what the oracle makes of
 * the same spec and raw files, both on this machine.
 *
 * @param settings what stands for the spec's placeholders; {@code warehouse} among them
 * @param score what the model computes, in SQL over the rows that are scored; empty where scores
 *     are not compared, but the columns beside them
 */
record OracleRun(
    Path spec, Map<String, String> settings, LocalDate from, LocalDate to, String score) {
  OracleRun(Path spec, Map<String, String> settings, LocalDate from, LocalDate to) {
    this(spec, settings, from, to, "");
  }

  /** The same, with scores compared too. */
  OracleRun scored(String sql) {
    return new OracleRun(spec, settings, from, to, sql);
  }

  /** Runs and compares, which must find no difference in no fewer than so many values. */
  void check(long values) throws IOException, SQLException {
    long start = System.nanoTime();
    run();
    long ran = System.nanoTime();
    Comparison comparison = compareWhatIsThere();
    long compared = System.nanoTime();
    assertEquals("", comparison.differencesText());
    assertTrue(comparison.values() >= values, comparison::toString);
    System.out.printf(
        "%s: %s; run in %d s, compared in %d s%n",
        spec, comparison, (ran - start) / 1_000_000_000, (compared - ran) / 1_000_000_000);
  }

  /** Runs and compares. */
  Comparison compare(String... options) throws IOException, SQLException {
    run(options);
    return compareWhatIsThere();
  }

  void run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", spec.toString()));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    arguments.addAll(List.of("--from", from.toString(), "--to", to.toString()));
    arguments.addAll(List.of(options));
    CommandResult result = CommandResult.of(arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError("The run failed:\n" + result.out() + "\n" + result.err());
    }
  }

  /** Compares partitions that were made before. */
  Comparison compareWhatIsThere() throws IOException, SQLException {
    PipelineText pipeline = PipelineText.read(spec, settings);
    WarehouseText warehouse = new WarehouseText(Path.of(pipeline.text("warehouse")));
    Comparison comparison = new Comparison();
    try (Oracle oracle = new Oracle(pipeline)) {
      for (LocalDate date = pipeline.from(); !date.isAfter(to); date = date.plusDays(1)) {
        oracle.land(date);
        if (!date.isBefore(from)) {
          compare(oracle, warehouse, date, pipeline, comparison);
        }
      }
    }
    return comparison;
  }

  private void compare(
      Oracle oracle,
      WarehouseText warehouse,
      LocalDate date,
      PipelineText pipeline,
      Comparison comparison)
      throws IOException, SQLException {
    clean(oracle, warehouse, date, pipeline, comparison);
    Map<String, Tolerance> tolerances = derived(pipeline);
    tolerances.put("score", Tolerance.SCORE);
    for (String group : pipeline.groups()) {
      FeaturesSql features = oracle.group(group);
      tolerances.putAll(features.tolerances(pipeline));
      comparison.keyed(
          "features/" + group,
          date,
          features.entity(),
          warehouse.read("features/" + group, date),
          oracle.features(group, date),
          tolerances);
    }
    if (pipeline.has("score")) {
      Table expected = oracle.scores(date, score);
      Table scores = warehouse.read("scores", date);
      comparison.rows(
          "scores",
          date,
          scores.only(expected.columns().toArray(String[]::new)),
          expected,
          tolerances);
    }
  }

  private static void clean(
      Oracle oracle,
      WarehouseText warehouse,
      LocalDate date,
      PipelineText pipeline,
      Comparison comparison)
      throws IOException, SQLException {
    Table kept = oracle.clean(date);
    Table rejected = oracle.rejected(date);
    Map<String, Tolerance> tolerances = new HashMap<>();
    pipeline
        .map("clean", "derive")
        .keySet()
        .forEach(name -> tolerances.put(name, Tolerance.ROUNDED));
    comparison.rows("clean", date, warehouse.read("clean", date), kept, tolerances);
    comparison.rows(
        "quarantine/clean",
        date,
        warehouse.read("quarantine/clean", date).only("file", "rule", "raw"),
        rejected.named("file", "rule", "raw"),
        Map.of());
    long read = oracle.read();
    comparison.number(
        "clean",
        date,
        "records read",
        warehouse.count("clean", date, "clean_records_read_total"),
        read);
    comparison.number(
        "clean",
        date,
        "duplicates",
        warehouse.count("clean", date, "clean_records_duplicate_total"),
        read - kept.rows().size() - rejected.rows().size());
  }

  /** DuckDB's functions may differ in the last bits. */
  private static Map<String, Tolerance> derived(PipelineText pipeline) {
    Map<String, Tolerance> tolerances = new HashMap<>();
    for (String column : pipeline.map("clean", "derive").keySet()) {
      tolerances.put(column, Tolerance.ROUNDED);
    }
    return tolerances;
  }
}
