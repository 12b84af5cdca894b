package io.millrace.bench;

import io.millrace.bench.engine.EngineMain;
import io.millrace.bench.engine.Step;
import io.millrace.bench.engine.Task;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** An engine that {@link EngineMain} runs, in a JVM of its own. */
final class JvmEngine implements Engine {
  // what Spark's own launcher opens on Java 17
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  // of Spark's application master, where the driver is the client, as Spark has them by itself
  private static final int MASTER_MIB = 512 + 384;

  /** Of an executor's container, what a JVM takes beside its heap: a fifth. */
  private static final int BESIDE_HEAP = 5;

  private final String name;
  private final List<String> options;
  private final Path jar;
  private final List<String> moreOfClassPath;
  private final Folders folders;
  private final boolean archivesClasses;

  /**
   * @param archivesClasses whether runs find their classes in an archive (class data sharing)
   */
  private JvmEngine(
      String name,
      List<String> options,
      Path jar,
      List<String> moreOfClassPath,
      Folders folders,
      boolean archivesClasses) {
    this.name = name;
    this.options = options;
    this.jar = jar;
    this.moreOfClassPath = moreOfClassPath;
    this.folders = folders;
    this.archivesClasses = archivesClasses;
  }

  static JvmEngine sparkNatural(Path jar, Folders folders) {
    return new JvmEngine("spark-natural", List.of("-Xmx4g"), jar, List.of(), folders, false);
  }

  static JvmEngine sparkTuned(Path jar, Folders folders) {
    return new JvmEngine(
        "spark-tuned", List.of("-Xmx4g", "-XX:+UseParallelGC"), jar, List.of(), folders, true);
  }

  /** Its memory lies outside of the heap: 4 GB, set by itself. */
  static JvmEngine duckDb(String name, Path jar, Folders folders) {
    return new JvmEngine(
        name, List.of("-Xmx512m", "-XX:+UseSerialGC"), jar, List.of(), folders, false);
  }

  /**
   * A driver as the client, and an executor on each worker: all of YARN's memory. The executors
   * together have as many cores as everything else.
   */
  static JvmEngine sparkOnYarn(
      String name, Path jar, Folders folders, Cluster cluster, SparkArchive archive) {
    boolean tuned = name.equals("spark-tuned");
    int container = cluster.memoryMib() - MASTER_MIB;
    int beside = container / BESIDE_HEAP;
    List<String> options = new ArrayList<>(cluster.javaOptions());
    options.add("-Xmx1g");
    if (tuned) {
      options.add("-XX:+UseParallelGC");
      options.add("-Dspark.executor.extraJavaOptions=-XX:+UseParallelGC");
    }
    options.add("-Dspark.master=yarn");
    options.add("-Dspark.yarn.archive=" + archive.file());
    options.add("-Dspark.executor.instances=" + cluster.workers());
    options.add("-Dspark.executor.cores=" + Math.max(1, Meter.PROCESSORS / cluster.workers()));
    options.add("-Dspark.executor.memory=" + (container - beside) + "m");
    options.add("-Dspark.executor.memoryOverhead=" + beside + "m");
    options.add("-Dspark.executorEnv.ORT_DISABLE_TELEMETRY=1");
    return new JvmEngine(name, options, jar, List.of(cluster.configuration()), folders, tuned);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path warehouse(Layout layout) {
    return folders.warehouse(name, layout);
  }

  @Override
  public String suffix() {
    return ".parquet";
  }

  @Override
  public List<List<String>> preparation(Case work, Site site)
      throws IOException, InterruptedException {
    List<List<String>> commands = new ArrayList<>();
    boolean rehearses = archivesClasses && !isFresh(archive());
    if (rehearses) {
      // features are made of all clean rows that stand: those of the night came later
      site.delete(List.of(Folders.partition(warehouse(Layout.LOAD), "clean")));
      commands.add(
          run(
              Case.NIGHT,
              Layout.LOAD.history(),
              List.of(Step.CLEAN, Step.FEATURES),
              List.of(
                  "-XX:ArchiveClassesAtExit=" + archive(),
                  "-Xlog:cds=off",
                  "-Xlog:cds+dynamic=off")));
    }
    List<LocalDate> history = work.layout().history();
    boolean rehearsed = rehearses && work.layout() == Layout.LOAD;
    if (!rehearsed
        && !site.exists(warehouse(work.layout()).resolve("clean/dt=" + history.get(0)))) {
      List<Step> steps =
          work.layout() == Layout.LOAD ? List.of(Step.CLEAN, Step.FEATURES) : List.of(Step.CLEAN);
      commands.add(run(work, history, steps));
    }
    if (!work.steps().contains(Step.CLEAN)
        && !site.exists(Folders.partition(warehouse(work.layout()), "clean"))) {
      commands.add(run(work, List.of(Layout.NIGHT), List.of(Step.CLEAN)));
    }
    return commands;
  }

  @Override
  public List<String> command(Case work) {
    return run(work, List.of(Layout.NIGHT), work.steps());
  }

  @Override
  public List<String> intermediates(Case work) {
    return List.of();
  }

  /** The JVM takes an archive only with the jar that it was made of. */
  private boolean isFresh(Path archive) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  private Path archive() {
    return folders.root().resolve(name + ".jsa");
  }

  private List<String> run(Case work, List<LocalDate> dates, List<Step> steps) {
    return run(
        work,
        dates,
        steps,
        archivesClasses ? List.of("-XX:SharedArchiveFile=" + archive()) : List.of());
  }

  private List<String> run(
      Case work, List<LocalDate> dates, List<Step> steps, List<String> moreOptions) {
    Task task =
        new Task(
            folders.landing(work.layout()),
            warehouse(work.layout()),
            dates,
            steps,
            folders.model(work.model()),
            work.model().missing());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(moreOptions);
    for (String opened : OPENED) {
      command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
    }
    List<String> classPath = new ArrayList<>(List.of(jar.toString()));
    classPath.addAll(moreOfClassPath);
    command.addAll(
        List.of(
            "-cp", String.join(File.pathSeparator, classPath), EngineMain.class.getName(), name));
    command.addAll(task.toArguments());
    return command;
  }
}
