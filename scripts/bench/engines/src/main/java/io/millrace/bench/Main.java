package io.millrace.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code scripts/bench/night} and {@code scripts/bench/yarn}: makes data, runs the engines in
 * turns, checks, and reports.
 */
public final class Main {
  private final Options options;
  private final Folders folders;
  private final Site site;
  private final Meter meter;
  private final Check check;
  private final List<Engine> engines;
  private final Report report = new Report();

  private Main(Options options, Folders folders, Site site, List<Engine> engines) {
    this.options = options;
    this.folders = folders;
    this.site = site;
    this.engines = engines;
    meter = new Meter(folders.logs(), site);
    check = new Check(folders);
  }

  public static void main(String[] args) throws Exception {
    Path scripts = Path.of(System.getProperty("bench.scripts")).toAbsolutePath().normalize();
    Program program = Program.of(System.getProperty("bench.program"));
    Options options;
    try {
      options = Options.parse(program, Arrays.asList(args), scripts);
    } catch (IllegalArgumentException e) {
      System.err.println(Options.usage(program) + e.getMessage());
      System.exit(2);
      return;
    }
    try {
      run(program, options, scripts);
    } catch (IllegalStateException | IOException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Program program, Options options, Path scripts) throws Exception {
    Folders folders = new Folders(options.work().resolve("rows=" + options.rows()));
    Path jar =
        Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0])
            .toAbsolutePath()
            .normalize();
    Engine millrace =
        new MillraceEngine(
            options.millrace(), scripts.resolve("examples/card-fraud/transaction.avsc"), folders);
    Files.createDirectories(folders.root());
    switch (program) {
      case NIGHT -> {
        List<Engine> engines =
            options.engines().stream()
                .map(name -> name.equals(millrace.name()) ? millrace : local(name, jar, folders))
                .toList();
        new Main(options, folders, new Machine(), engines).run();
      }
      case YARN -> {
        try (Cluster cluster =
            Cluster.start(
                scripts.resolve("cluster"),
                options.cluster(),
                options.workers(),
                options.memoryMib())) {
          SparkArchive archive = new SparkArchive(jar, folders.root());
          archive.bring(cluster);
          List<Engine> engines =
              options.engines().stream()
                  .map(
                      name ->
                          name.equals(millrace.name())
                              ? millrace
                              : JvmEngine.sparkOnYarn(name, jar, folders, cluster, archive))
                  .toList();
          new Main(options, folders, cluster, engines).run();
        }
      }
    }
  }

  private static Engine local(String name, Path jar, Folders folders) {
    return switch (name) {
      case "spark-natural" -> JvmEngine.sparkNatural(jar, folders);
      case "spark-tuned" -> JvmEngine.sparkTuned(jar, folders);
      case "duckdb", "duckdb-tuned" -> JvmEngine.duckDb(name, jar, folders);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void run() throws Exception {
    System.out.printf(
        "%d rows, %d rounds, in %s%n", options.rows(), options.rounds(), folders.root());
    Landing.make(options, folders);
    for (Model model : Model.values()) {
      Files.write(folders.model(model), model.toOnnx());
    }
    for (Case work : options.cases()) {
      System.out.printf("%n%s%n", work.title());
      site.bring(folders.landing(work.layout()));
      Machine.deleteFolder(folders.expected(work));
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
    List<List<String>> commands = engine.preparation(work, site);
    for (int i = 0; i < commands.size(); i++) {
      meter.run("prepare-%s-%s-%d".formatted(work.title(), engine.name(), i), commands.get(i));
    }
  }

  private void measure(Case work, Engine engine, int round) throws Exception {
    Path warehouse = engine.warehouse(work.layout());
    List<Path> checked =
        DataSet.of(work).stream()
            .map(dataSet -> Folders.partition(warehouse, dataSet.path()))
            .toList();
    List<Path> made = new ArrayList<>(checked);
    engine.intermediates(work).forEach(dataSet -> made.add(Folders.partition(warehouse, dataSet)));
    site.delete(made);
    meter.run("sync", List.of("sync")); // what others wrote is not this engine's work
    Measurement measurement =
        meter.run("%s-%s-%d".formatted(work.title(), engine.name(), round), engine.command(work));
    site.fetch(checked);
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
}
