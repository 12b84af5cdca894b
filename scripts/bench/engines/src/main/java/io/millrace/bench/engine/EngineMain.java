package io.millrace.bench.engine;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** One engine's process: {@code <engine> <task…>}. */
public final class EngineMain {
  private EngineMain() {}

  public static void main(String[] args) throws Exception {
    Task task = Task.parse(Arrays.asList(args).subList(1, args.length));
    try (Night night = open(args[0], task)) {
      for (LocalDate date : task.dates()) {
        for (Step step : task.steps()) {
          long start = System.nanoTime();
          run(night, step, date);
          System.out.printf("%s of %s: %.1f s%n", step, date, (System.nanoTime() - start) / 1e9);
        }
      }
    }
  }

  private static Night open(String engine, Task task) throws Exception {
    return switch (engine) {
      case "spark-natural" -> new SparkNatural(task);
      case "spark-tuned" -> new SparkTuned(task);
      case "duckdb" -> new DuckDbNight(task, false);
      case "duckdb-tuned" -> new DuckDbNight(task, true);
      default ->
          throw new IllegalArgumentException(
              "Cannot run "
                  + engine
                  + ": expected one of "
                  + List.of("spark-natural", "spark-tuned", "duckdb", "duckdb-tuned"));
    };
  }

  private static void run(Night night, Step step, LocalDate date) throws Exception {
    switch (step) {
      case CLEAN -> night.clean(date);
      case FEATURES -> night.features(date);
      case SCORE -> night.score(date);
    }
  }
}
