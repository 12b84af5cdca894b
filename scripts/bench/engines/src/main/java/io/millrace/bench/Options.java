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
 * @param cluster the folder of the cluster, for scripts/bench/yarn
 * @param workers of the cluster
 * @param memoryMib what YARN gives to containers on each worker
 */
record Options(
    int rows,
    int rounds,
    List<Case> cases,
    List<String> engines,
    Path work,
    Path millrace,
    Path cluster,
    int workers,
    int memoryMib) {
  private static final int LEAST_ROWS = 30_000;
  private static final int LEAST_MEMORY_MIB = 2048;

  Options {
    if (rows < LEAST_ROWS || rounds < 1) {
      throw new IllegalArgumentException(
          "Cannot measure %d rows in %d rounds: expected at least %d rows and 1 round"
              .formatted(rows, rounds, LEAST_ROWS));
    }
    if (workers < 1 || memoryMib < LEAST_MEMORY_MIB) {
      throw new IllegalArgumentException(
          "Cannot work on %d workers of %d MB: expected at least 1 of %d MB"
              .formatted(workers, memoryMib, LEAST_MEMORY_MIB));
    }
  }

  static String usage(Program program) {
    String common =
        """
        Usage: scripts/bench/%s [--rows=5000000] [--rounds=3] [--cases=clean,features-day,…] [--engines=millrace,…]
                                   [--work=FOLDER] [--millrace=COMMAND]%s
        %s; scripts/bench/README.md says how.
          --rows       rows of the night, at least 30000 (5000000)
          --rounds     how often each engine does each case, in turns (3)
          --cases      %s (all)
          --engines    %s (all); the first is what the others are compared with
          --work       where data and results go, about 1.5 GB a million rows; kept (./millrace-bench)
          --millrace   the command that runs Millrace (scripts/millrace)
        """
            .formatted(
                program.title(),
                program == Program.YARN ? " [--cluster=FOLDER] [--workers=2] [--memory=4096]" : "",
                program.purpose(),
                String.join(", ", Arrays.stream(Case.values()).map(Case::title).toList()),
                String.join(", ", program.engines()));
    return switch (program) {
      case NIGHT -> common;
      case YARN ->
          common
              + """
                --cluster    folder of the cluster: started unless it runs, and then stopped (cluster, in --work)
                --workers    how many workers it has (2)
                --memory     MB that YARN gives to containers on each (4096)
              """;
    };
  }

  /** Reads {@code --name=value} and {@code --name value}. */
  static Options parse(Program program, List<String> arguments, Path scripts) {
    int rows = 5_000_000;
    int rounds = 3;
    List<Case> cases = List.of(Case.values());
    List<String> engines = program.engines();
    Path work = Path.of("millrace-bench");
    Path millrace = scripts.resolve("millrace");
    String cluster = "";
    int workers = 2;
    int memoryMib = 4096;
    List<String> rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      String[] option = rest.remove(0).split("=", 2);
      if (option.length == 1 && rest.isEmpty()) {
        throw new IllegalArgumentException("Cannot read " + option[0] + ": it has no value");
      }
      String value = option.length == 2 ? option[1] : rest.remove(0);
      if (program == Program.NIGHT
          && List.of("--cluster", "--workers", "--memory").contains(option[0])) {
        throw new IllegalArgumentException(
            "Cannot read " + option[0] + ": it is an option of scripts/bench/yarn");
      }
      switch (option[0]) {
        case "--rows" -> rows = Integer.parseInt(value.replace("_", ""));
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--cases" -> cases = list(value).stream().map(Case::of).toList();
        case "--engines" -> engines = engines(value, program);
        case "--work" -> work = Path.of(value);
        case "--millrace" -> millrace = Path.of(value);
        case "--cluster" -> cluster = value;
        case "--workers" -> workers = Integer.parseInt(value);
        case "--memory" -> memoryMib = Integer.parseInt(value);
        default ->
            throw new IllegalArgumentException("Cannot read " + option[0] + ": no such option");
      }
    }
    work = work.toAbsolutePath().normalize();
    return new Options(
        rows,
        rounds,
        cases,
        engines,
        work,
        millrace,
        cluster.isEmpty() ? work.resolve("cluster") : Path.of(cluster).toAbsolutePath().normalize(),
        workers,
        memoryMib);
  }

  private static List<String> engines(String value, Program program) {
    List<String> engines = list(value);
    for (String engine : engines) {
      if (!program.engines().contains(engine)) {
        throw new IllegalArgumentException(
            "Cannot run the engine " + engine + ": expected some of " + program.engines());
      }
    }
    return engines;
  }

  private static List<String> list(String value) {
    return Arrays.asList(value.split(","));
  }
}
