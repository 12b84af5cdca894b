package io.millrace.oracle;

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
 */
record OracleRun(Path spec, Map<String, String> settings, LocalDate from, LocalDate to) {
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
          clean(oracle, warehouse, date, pipeline, comparison);
          for (String group : pipeline.groups()) {
            comparison.keyed(
                "features/" + group,
                date,
                oracle.group(group).entity(),
                warehouse.read("features/" + group, date),
                oracle.features(group, date),
                oracle.group(group).tolerances(pipeline));
          }
        }
      }
    }
    return comparison;
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

  /**
   * Compares a spec and data of anybody's.
   *
   * @param arguments the spec, the first and the last date, then settings as key=value
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length < 3) {
      System.err.println("Arguments: pipeline.yaml first-date last-date [key=value …]");
      System.exit(2);
    }
    Map<String, String> settings = new HashMap<>();
    for (String setting : List.of(arguments).subList(3, arguments.length)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    Comparison comparison =
        new OracleRun(
                Path.of(arguments[0]),
                settings,
                LocalDate.parse(arguments[1]),
                LocalDate.parse(arguments[2]))
            .compare();
    System.out.println(comparison.differencesText());
    System.out.println(comparison);
    System.exit(comparison.differences() == 0 ? 0 : 1);
  }
}
