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

/** Runs commands on two processors and measures them by what Linux counts in /proc. */
final class Meter {
  private static final double TICKS_PER_SECOND =
      100; // of /proc/<pid>/stat, on every Linux of today

  // the shell outlives the command, and so has its counts: those of children that ended
  private static final String SCRIPT =
      "\"$@\"; code=$?; cat /proc/$$/stat /proc/$$/io > \"$0\"; exit $code";

  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder takes what the commands print, a file each
   */
  Meter(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Runs a command to its end; one that fails stops the benchmark. */
  Measurement run(String name, List<String> command) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path counts = folder.resolve(name + ".proc");
    Path log = folder.resolve(name + ".log");
    List<String> measured = new ArrayList<>();
    if (Runtime.getRuntime().availableProcessors() > 2) {
      measured.addAll(List.of("taskset", "-c", "0,1"));
    }
    measured.addAll(List.of("bash", "-c", SCRIPT, counts.toString()));
    measured.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(measured).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);

    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, process.descendants().mapToLong(Meter::peakBytes).sum());
    }
    double wall = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      List<String> lines =
          Arrays.asList(
              new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n", -1));
      throw new IOException(
          "%s failed with code %d; the end of %s:%n%s"
              .formatted(
                  name,
                  process.exitValue(),
                  log,
                  String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()))));
    }
    return parse(Files.readString(counts), wall, peak);
  }

  /** Reads a /proc/.../stat and the /proc/.../io behind it. */
  static Measurement parse(String counts, double wallSeconds, long peakBytes) {
    String[] lines = counts.strip().split("\n");
    String[] stat = lines[0].substring(lines[0].lastIndexOf(')') + 2).split(" ");
    // fields 16 and 17 of the whole line: user and system ticks of children that were waited for
    double cpu = (Long.parseLong(stat[13]) + Long.parseLong(stat[14])) / TICKS_PER_SECOND;
    long read = 0;
    long written = 0;
    for (String line : lines) {
      if (line.startsWith("rchar: ")) {
        read = Long.parseLong(line.substring("rchar: ".length()));
      } else if (line.startsWith("wchar: ")) {
        written = Long.parseLong(line.substring("wchar: ".length()));
      }
    }
    return new Measurement(wallSeconds, cpu, peakBytes, read, written);
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
