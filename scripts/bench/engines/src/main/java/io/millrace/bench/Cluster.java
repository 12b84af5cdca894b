package io.millrace.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A cluster of {@code scripts/cluster}: HDFS and YARN, each daemon a process of its own. One that
 * runs already is used, and left running.
 */
final class Cluster implements Site {
  private static final String HOSTS_AND_LOGS = "MILLRACE_OPTS";
  private static final String CONFIGURATION = "HADOOP_CONF_DIR";

  private final Path script;
  private final Path folder;
  private final int workers;
  private final int memoryMib;
  private final Map<String, String> environment;
  private final List<Path> daemons;
  private final AtomicBoolean isToBeStopped;

  private Cluster(
      Path script,
      Path folder,
      int workers,
      int memoryMib,
      Map<String, String> environment,
      List<Path> daemons,
      boolean isOurs) {
    this.script = script;
    this.folder = folder;
    this.workers = workers;
    this.memoryMib = memoryMib;
    this.environment = environment;
    this.daemons = daemons;
    isToBeStopped = new AtomicBoolean(isOurs);
    // where somebody ends the benchmark
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
  }

  /**
   * Starts a cluster, unless it runs.
   *
   * @param folder where it keeps its files
   * @param memoryMib what YARN gives to containers on each of the workers
   */
  static Cluster start(Path script, Path folder, int workers, int memoryMib)
      throws IOException, InterruptedException {
    String program = script.toString();
    boolean runs = code(program, "--folder", folder.toString(), "status") == 0;
    List<String> start = new ArrayList<>();
    if (Runtime.getRuntime().availableProcessors() > Meter.PROCESSORS) {
      start.addAll(Meter.ON_TWO_PROCESSORS);
    }
    start.addAll(List.of(program, "--folder", folder.toString(), "start"));
    start.addAll(List.of("--workers=" + workers, "--memory=" + memoryMib, "--block-size=128m"));
    run(start);
    String variables =
        run(
            List.of(
                "bash",
                "-c",
                "eval \"$(\"$0\" --folder \"$1\" env)\"; echo \"$HADOOP_CONF_DIR\"; echo"
                    + " \"$MILLRACE_OPTS\"",
                program,
                folder.toString()));
    List<String> lines = variables.lines().toList();
    try (Stream<Path> files = Files.find(folder, 2, (file, any) -> isDaemon(file))) {
      return new Cluster(
          script,
          folder,
          workers,
          memoryMib,
          Map.of(CONFIGURATION, lines.get(0), HOSTS_AND_LOGS, lines.get(1)),
          files.toList(),
          !runs);
    }
  }

  /** Beside its log, each daemon has a file with the id of its process. */
  private static boolean isDaemon(Path file) {
    return file.toString().endsWith(".pid");
  }

  int workers() {
    return workers;
  }

  /** What YARN gives to containers on each of the workers. */
  int memoryMib() {
    return memoryMib;
  }

  /** The folder of Hadoop's configuration files. */
  String configuration() {
    return environment.get(CONFIGURATION);
  }

  /** Options of a JVM that works with the cluster: which file knows the hosts, what is logged. */
  List<String> javaOptions() {
    return Arrays.asList(environment.get(HOSTS_AND_LOGS).split(" "));
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public boolean exists(Path path) throws IOException, InterruptedException {
    return code(hdfs("-test", "-e", path.toString())) == 0;
  }

  @Override
  public void bring(Path folder) throws IOException, InterruptedException {
    if (!exists(folder)) {
      run(List.of(hdfs("-mkdir", "-p", folder.getParent().toString())));
      run(List.of(hdfs("-put", folder.toString(), folder.toString())));
    }
  }

  @Override
  public void fetch(List<Path> folders) throws IOException, InterruptedException {
    for (Path each : folders) {
      Machine.deleteFolder(each);
      Files.createDirectories(each.getParent());
      run(List.of(hdfs("-get", each.toString(), each.toString())));
    }
  }

  @Override
  public void delete(List<Path> folders) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(hdfs("-rm", "-r", "-f", "-skipTrash")));
    folders.forEach(each -> command.add(each.toString()));
    run(command);
  }

  private String[] hdfs(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(script.toString(), "--folder", folder.toString(), "hdfs", "dfs"));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  @Override
  public Counts daemons() throws IOException {
    Counts sum = Counts.NONE;
    for (Path daemon : daemons) {
      Path process = Path.of("/proc", Long.toString(id(daemon)));
      sum =
          sum.plus(
              Counts.ofAll(
                  Files.readString(process.resolve("stat"))
                      + Files.readString(process.resolve("io"))));
    }
    return sum;
  }

  @Override
  public Stream<ProcessHandle> containers() {
    // only NodeManagers start others
    return daemons.stream()
        .map(Cluster::idOrNone)
        .flatMap(Optional::stream)
        .map(ProcessHandle::of)
        .flatMap(Optional::stream)
        .flatMap(ProcessHandle::descendants);
  }

  private static Optional<Long> idOrNone(Path daemon) {
    try {
      return Optional.of(id(daemon));
    } catch (IOException e) {
      return Optional.empty(); // it has ended
    }
  }

  private static long id(Path daemon) throws IOException {
    return Long.parseLong(Files.readString(daemon).strip().split(" ")[0]);
  }

  @Override
  public void close() {
    stop();
  }

  private void stop() {
    if (isToBeStopped.getAndSet(false)) {
      try {
        run(List.of(script.toString(), "--folder", folder.toString(), "stop"));
      } catch (IOException e) {
        System.err.println("bench: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int code(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("bench", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            "%s failed with code %d:%n%s%s"
                .formatted(
                    String.join(" ", command), process.exitValue(), out, Files.readString(errors)));
      }
      return out;
    } finally {
      Files.delete(errors);
    }
  }
}
