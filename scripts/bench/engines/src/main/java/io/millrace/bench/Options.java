package io.millrace.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param rows of the night, about; all before defects and repetitions
 * @param work where data and results lie; kept, so that a second call need not make the data again
 * @param millrace the command that runs Millrace
 */
record Options(
    int rows, int rounds, List<Case> cases, List<String> engines, Path work, Path millrace) {
  static final List<String> ENGINES =
      List.of("millrace", "spark-natural", "spark-tuned", "duckdb", "duckdb-tuned");

  static final String USAGE =
      """
      Usage: scripts/bench/night [--rows=5000000] [--rounds=3] [--cases=clean,features-day,…] [--engines=millrace,…]
                                 [--work=FOLDER] [--millrace=COMMAND]
      Measures a night of card transactions by Millrace, Spark and DuckDB; scripts/bench/README.md says how.
        --rows       rows of the night, at least 30000 (5000000)
        --rounds     how often each engine does each case, in turns (3)
        --cases      %s (all)
        --engines    %s (all); the first is what the others are compared with
        --work       where data and results go, about 1.5 GB a million rows; kept (./millrace-bench)
        --millrace   the command that runs Millrace (scripts/millrace)
      """
          .formatted(
              String.join(", ", Arrays.stream(Case.values()).map(Case::title).toList()),
              String.join(", ", ENGINES));

  Options {
    if (rows < 30_000 || rounds < 1) {
      throw new IllegalArgumentException(
          "Cannot measure %d rows in %d rounds: expected at least 30000 rows and 1 round"
              .formatted(rows, rounds));
    }
    for (String engine : engines) {
      if (!ENGINES.contains(engine)) {
        throw new IllegalArgumentException(
            "Cannot run the engine " + engine + ": expected some of " + ENGINES);
      }
    }
  }

  /** Reads {@code --name=value} and {@code --name value}. */
  static Options parse(List<String> arguments, Path scripts) {
    int rows = 5_000_000;
    int rounds = 3;
    List<Case> cases = List.of(Case.values());
    List<String> engines = ENGINES;
    Path work = Path.of("millrace-bench");
    Path millrace = scripts.resolve("millrace");
    List<String> rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      String[] option = rest.remove(0).split("=", 2);
      if (option.length == 1 && rest.isEmpty()) {
        throw new IllegalArgumentException("Cannot read " + option[0] + ": it has no value");
      }
      String value = option.length == 2 ? option[1] : rest.remove(0);
      switch (option[0]) {
        case "--rows" -> rows = Integer.parseInt(value.replace("_", ""));
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--cases" -> cases = list(value).stream().map(Case::of).toList();
        case "--engines" -> engines = list(value);
        case "--work" -> work = Path.of(value);
        case "--millrace" -> millrace = Path.of(value);
        default ->
            throw new IllegalArgumentException("Cannot read " + option[0] + ": no such option");
      }
    }
    return new Options(rows, rounds, cases, engines, work.toAbsolutePath().normalize(), millrace);
  }

  private static List<String> list(String value) {
    return Arrays.asList(value.split(","));
  }
}
