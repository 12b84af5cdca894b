package io.millrace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Hadoop of many processes, used as people use it: by {@code scripts/cluster}. Whoever starts one
 * closes it, which leaves nothing of it on the machine.
 */
public final class ClusterScript implements AutoCloseable {
  private static final int LONGEST_MINUTES = 15;
  private static final Pattern APPLICATION = Pattern.compile("application_[0-9]+_[0-9]+");
  private static final Path SCRIPT =
      Path.of("..", "scripts", "cluster").toAbsolutePath().normalize();

  private final Path folder;
  private final Path files;

  /** What a command gave. */
  public record Ended(int exitCode, String out, String err) {
    /** Itself, where the exit code is this one. */
    public Ended expect(int expected) {
      if (exitCode != expected) {
        throw new AssertionError(
            "exit code %d, expected %d%nout:%n%s%nerr:%n%s"
                .formatted(exitCode, expected, out, err));
      }
      return this;
    }
  }

  /** A command that still runs, or has ended. */
  public record Running(Process process, Path outFile, Path errFile) {
    /** What it has said so far, on standard error. */
    public String err() throws IOException {
      return Files.readString(errFile);
    }

    /** Waits for its end. */
    public Ended end() throws IOException, InterruptedException {
      try {
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
          throw new AssertionError("takes long; so far: " + Files.readString(errFile));
        }
      } finally {
        process.destroyForcibly();
      }
      return new Ended(process.exitValue(), Files.readString(outFile), Files.readString(errFile));
    }
  }

  /** What a container's process does. */
  public enum Role {
    APPLICATION_MASTER("org.apache.hadoop.mapreduce.v2.app.MRAppMaster"),
    TASK("org.apache.hadoop.mapred.YarnChild");

    private final String mainClass;

    Role(String mainClass) {
      this.mainClass = mainClass;
    }
  }

  /** A process in a container of YARN. */
  public record Container(ProcessHandle process, Role role, String host, String application) {
    /** Ends it as {@code kill -9} does. */
    public void kill() {
      process.destroyForcibly();
    }
  }

  private ClusterScript(Path folder) throws IOException {
    this.folder = folder.toRealPath().resolve("cluster");
    this.files = folder.toRealPath();
  }

  /**
   * Starts a cluster.
   *
   * @param folder an empty one, for the cluster's files and what its commands print
   * @param options of {@code scripts/cluster start}
   */
  public static ClusterScript start(Path folder, String... options)
      throws IOException, InterruptedException {
    ClusterScript cluster = new ClusterScript(folder);
    List<String> command = new ArrayList<>(List.of("start"));
    command.addAll(Arrays.asList(options));
    cluster.run(command.toArray(String[]::new)).expect(0);
    return cluster;
  }

  /** Why clusters cannot be started here at all; empty where they can. */
  public static Optional<String> missing() {
    return System.getProperty("os.name").equals("Linux")
        ? Optional.empty()
        : Optional.of("scripts/cluster needs Linux; this is " + System.getProperty("os.name"));
  }

  /** Why hosts cannot have network namespaces here; empty where they can. */
  public static Optional<String> missingForNamespaces() {
    if (missing().isPresent()) {
      return missing();
    }
    try {
      String name = "millrace-test-" + ProcessHandle.current().pid();
      Process add =
          new ProcessBuilder("ip", "netns", "add", name).redirectErrorStream(true).start();
      String said = new String(add.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (add.waitFor() != 0) {
        return Optional.of(
            "hosts in network namespaces need root (in a container also --privileged): "
                + said.strip());
      }
      new ProcessBuilder("ip", "netns", "delete", name).start().waitFor();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "hosts in network namespaces need the command ip: apt-get install iproute2");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** Runs a command of the script to its end. */
  public Ended run(String... arguments) throws IOException, InterruptedException {
    return begin(arguments).end();
  }

  /** Starts a command of the script. */
  public Running begin(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", SCRIPT.toString(), "--folder", folder.toString()));
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile(files, "out", ".txt");
    Path err = Files.createTempFile(files, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(files.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // what is left behind by a client that is killed stays in the folder
    builder.environment().put("HADOOP_CLIENT_OPTS", "-Djava.io.tmpdir=" + files);
    return new Running(builder.start(), out, err);
  }

  /** Runs a command of Hadoop's file system shell, which must succeed. */
  public Ended dfs(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("hdfs", "dfs"));
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new)).expect(0);
  }

  /** Containers' processes of a kind that run now. */
  public List<Container> containers(Role role) {
    List<Container> containers = new ArrayList<>();
    ProcessHandle.allProcesses()
        .forEach(
            process -> {
              String line = commandLine(process);
              String workers = folder + "/w";
              int at = line.indexOf(workers);
              // the shell that starts it has the same words in one argument
              if (at > 0 && line.contains('\0' + role.mainClass + '\0')) {
                int start = at + workers.length() - 1;
                String host = line.substring(start, line.indexOf('/', start));
                Matcher application = APPLICATION.matcher(line);
                String of = application.find() ? application.group() : "";
                containers.add(new Container(process, role, host, of));
              }
            });
    return containers;
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException | UncheckedIOException e) {
      // it has ended meanwhile
      return "";
    }
  }

  /** A power cut of one worker. */
  public void killWorker(String name) throws IOException, InterruptedException {
    run("kill-worker", name).expect(0);
  }

  /** Brings a worker back. */
  public void startWorker(String name) throws IOException, InterruptedException {
    run("start-worker", name).expect(0);
  }

  @Override
  public void close() throws IOException {
    try {
      run("destroy").expect(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot wait for the end of the cluster in " + folder, e);
    }
  }
}
