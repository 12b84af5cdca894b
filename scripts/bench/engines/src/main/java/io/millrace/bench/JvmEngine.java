package io.millrace.bench;

import io.millrace.bench.engine.EngineMain;
import io.millrace.bench.engine.Step;
import io.millrace.bench.engine.Task;
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

  private final String name;
  private final List<String> options;
  private final Path jar;
  private final Folders folders;
  private final boolean archivesClasses;

  /**
   * @param archivesClasses whether runs find their classes in an archive (class data sharing)
   */
  private JvmEngine(
      String name, List<String> options, Path jar, Folders folders, boolean archivesClasses) {
    this.name = name;
    this.options = options;
    this.jar = jar;
    this.folders = folders;
    this.archivesClasses = archivesClasses;
  }

  static JvmEngine sparkNatural(Path jar, Folders folders) {
    return new JvmEngine("spark-natural", List.of("-Xmx4g"), jar, folders, false);
  }

  static JvmEngine sparkTuned(Path jar, Folders folders) {
    return new JvmEngine(
        "spark-tuned", List.of("-Xmx4g", "-XX:+UseParallelGC"), jar, folders, true);
  }

  /** Its memory lies outside of the heap: 4 GB, set by itself. */
  static JvmEngine duckDb(String name, Path jar, Folders folders) {
    return new JvmEngine(name, List.of("-Xmx512m", "-XX:+UseSerialGC"), jar, folders, false);
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
  public List<List<String>> preparation(Case work) {
    List<List<String>> commands = new ArrayList<>();
    if (archivesClasses && !Files.exists(archive())) {
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
    if (!Files.exists(warehouse(work.layout()).resolve("clean/dt=" + history.get(0)))) {
      List<Step> steps =
          work.layout() == Layout.LOAD ? List.of(Step.CLEAN, Step.FEATURES) : List.of(Step.CLEAN);
      commands.add(run(work, history, steps));
    }
    if (!work.steps().contains(Step.CLEAN)
        && !Files.exists(Folders.partition(warehouse(work.layout()), "clean"))) {
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
    command.addAll(List.of("-cp", jar.toString(), EngineMain.class.getName(), name));
    command.addAll(task.toArguments());
    return command;
  }
}
