package io.millrace.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs commands on two processors and measures them by what Linux counts in /proc: of the command,
 * and of the daemons of the site.
 */
final class Meter {
  static final int PROCESSORS = 2;
  static final List<String> ON_TWO_PROCESSORS = List.of("taskset", "-c", "0,1");

  // the shell outlives the command, and so has its counts: those of children that ended
  private static final String SCRIPT =
      "\"$@\"; code=$?; cat /proc/$$/stat /proc/$$/io > \"$0\"; exit $code";

  private static final long SAMPLE_MILLIS = 100;
  private static final long LONGEST_REST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int LINES_OF_FAILURE = 30;

  private final Path folder;
  private final Site site;

  /**
   * @param folder takes what the commands print, a file each
   */
  Meter(Path folder, Site site) {
    this.folder = folder;
    this.site = site;
  }

  /** Runs a command to its end; one that fails stops the benchmark. */
  Measurement run(String name, List<String> command) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path counts = folder.resolve(name + ".proc");
    Path log = folder.resolve(name + ".log");
    List<String> measured = new ArrayList<>();
    if (Runtime.getRuntime().availableProcessors() > PROCESSORS) {
      measured.addAll(ON_TWO_PROCESSORS);
    }
    measured.addAll(List.of("bash", "-c", SCRIPT, counts.toString()));
    measured.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(measured).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(site.environment());
    // ONNX Runtime reports usage to its makers unless told not to
    builder.environment().putAll(Map.of("ORT_DISABLE_TELEMETRY", "1"));

    Counts before = site.daemons();
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      peak =
          Math.max(
              peak,
              Stream.concat(process.descendants(), site.containers())
                  .mapToLong(Meter::peakBytes)
                  .sum());
    }
    double wall = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw failure(name, process.exitValue(), log);
    }
    awaitEndOfContainers();
    Counts all = Counts.ofChildren(Files.readString(counts)).plus(site.daemons().minus(before));
    return new Measurement(wall, all.cpuSeconds(), peak, all.readBytes(), all.writtenBytes());
  }

  /** Processes are counted when they have ended, and those of a cluster outlive the command. */
  private void awaitEndOfContainers() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (site.containers().findAny().isPresent()) {
      if (System.nanoTime() - start > LONGEST_REST_NANOS) {
        throw new IOException(
            "Cannot measure: containers run on after their command has ended: "
                + site.containers().map(ProcessHandle::pid).toList());
      }
      TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
    }
  }

  private static IOException failure(String name, int code, Path log) throws IOException {
    List<String> lines =
        Arrays.asList(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n", -1));
    return new IOException(
        "%s failed with code %d; the end of %s:%n%s"
            .formatted(
                name,
                code,
                log,
                String.join(
                    "\n",
                    lines.subList(Math.max(0, lines.size() - LINES_OF_FAILURE), lines.size()))));
  }

  private static long peakBytes(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    } catch (IOException e) {
      return 0; // it ended meanwhile
    }
  }
}
