package io.millrace.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code scripts/bench/night}: makes data, runs the engines in turns, checks, and reports. */
public final class Main {
  private final Options options;
  private final Folders folders;
  private final Meter meter;
  private final Check check;
  private final List<Engine> engines;
  private final Report report = new Report();

  private Main(Options options, Path scripts) {
    this.options = options;
    folders = new Folders(options.work().resolve("rows=" + options.rows()));
    // ONNX Runtime reports usage to its makers unless told not to
    Map<String, String> environment =
        Map.of("MILLRACE_OPTS", "-Xmx4g", "ORT_DISABLE_TELEMETRY", "1");
    meter = new Meter(folders.logs(), environment);
    check = new Check(folders);
    Path jar =
        Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0])
            .toAbsolutePath();
    engines = options.engines().stream().map(name -> engine(name, scripts, jar)).toList();
  }

  public static void main(String[] args) throws Exception {
    Path scripts = Path.of(System.getProperty("bench.scripts"));
    Options options;
    try {
      options = Options.parse(Arrays.asList(args), scripts);
    } catch (IllegalArgumentException e) {
      System.err.println(Options.USAGE + e.getMessage());
      System.exit(2);
      return;
    }
    try {
      new Main(options, scripts).run();
    } catch (IllegalStateException | IOException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private Engine engine(String name, Path scripts, Path jar) {
    return switch (name) {
      case "millrace" ->
          new MillraceEngine(
              options.millrace(),
              scripts.resolve("examples/card-fraud/transaction.avsc").toAbsolutePath(),
              folders);
      case "spark-natural" -> JvmEngine.sparkNatural(jar, folders);
      case "spark-tuned" -> JvmEngine.sparkTuned(jar, folders);
      case "duckdb", "duckdb-tuned" -> JvmEngine.duckDb(name, jar, folders);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void run() throws Exception {
    System.out.printf(
        "%d rows, %d rounds, in %s%n", options.rows(), options.rounds(), folders.root());
    Files.createDirectories(folders.root());
    Landing.make(options, folders, meter);
    for (Model model : Model.values()) {
      Files.write(folders.model(model), model.toOnnx());
    }
    for (Case work : options.cases()) {
      System.out.printf("%n%s%n", work.title());
      delete(folders.expected(work));
      for (Engine engine : engines) {
        prepare(work, engine);
      }
      for (int round = 1; round <= options.rounds(); round++) {
        for (Engine engine : engines) {
          measure(work, engine, round);
        }
      }
    }
    System.out.printf("%n%s%n%s", report.table(), report.rounds());
  }

  private void prepare(Case work, Engine engine) throws Exception {
    List<List<String>> commands = engine.preparation(work);
    for (int i = 0; i < commands.size(); i++) {
      meter.run("prepare-%s-%s-%d".formatted(work.title(), engine.name(), i), commands.get(i));
    }
  }

  private void measure(Case work, Engine engine, int round) throws Exception {
    List<String> made = new ArrayList<>(engine.intermediates(work));
    DataSet.of(work).forEach(dataSet -> made.add(dataSet.path()));
    for (String dataSet : made) {
      delete(Folders.partition(engine.warehouse(work.layout()), dataSet));
    }
    meter.run("sync", List.of("sync")); // what others wrote is not this engine's work
    Measurement measurement =
        meter.run("%s-%s-%d".formatted(work.title(), engine.name(), round), engine.command(work));
    String found = check.run(work, engine, round == 1 && engine.equals(engines.get(0)));
    report.add(work, engine.name(), measurement);
    System.out.printf(
        "  round %d  %-14s %6.1f s wall  %6.1f s CPU  %5d MiB peak  %6d MiB read  %6d MiB written "
            + " checked: %s%n",
        round,
        engine.name(),
        measurement.wallSeconds(),
        measurement.cpuSeconds(),
        measurement.peakBytes() >> 20,
        measurement.readBytes() >> 20,
        measurement.writtenBytes() >> 20,
        found);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
