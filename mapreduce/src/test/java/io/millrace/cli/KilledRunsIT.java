package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of the command line that are killed at any moment. More rounds: {@code
 * -Dmillrace.kill.rounds=50}; the same moments again: {@code -Dmillrace.kill.seed=…}.
 */
class KilledRunsIT {
  private static final int DAYS = 2;
  private static final int ROUNDS = Integer.getInteger("millrace.kill.rounds", 4);
  private static final long SEED = Long.getLong("millrace.kill.seed", System.nanoTime());

  @TempDir Path home;
  private OrderDays orders;
  private SortedMap<String, String> undisturbed;

  @BeforeEach
  void runUndisturbed() throws IOException {
    orders = OrderDays.create(Files.createDirectory(home.resolve("orders")), DAYS);
    assertEquals(0, orders.folder().millrace("run", orders.range(1, DAYS)).exitCode());
    undisturbed = orders.bytes(DAYS);
  }

  @Test
  void shouldMakeTheSameBytesAfterAKillAtAnyMoment(TestReporter reporter) throws Exception {
    long started = System.nanoTime();
    assertEquals(0, end(start("--force")));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    Random random = new Random(SEED);
    int kills = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Process run = start("--force");
      // the start of the JVM has nothing to lose
      Thread.sleep(millis / 4 + random.nextLong(millis));
      run.destroyForcibly();
      kills += end(run) == 0 ? 0 : 1;
      String moment = "round %d of seed %d".formatted(round, SEED);
      CommandResult next = orders.folder().millrace("run", orders.range(1, DAYS));
      assertEquals(0, next.exitCode(), moment + next.err());
      assertEquals(undisturbed, orders.bytes(DAYS), moment);
      assertEquals(List.of(), left(), moment);
    }
    reporter.publishEntry("%d of %d were killed before they ended".formatted(kills, ROUNDS));
    assertTrue(kills > 0, "none was killed before it ended");
  }

  @Test
  void shouldLetTwoRunsOfTheSameDaysBothSucceed() throws Exception {
    List<Process> both = List.of(start("--force"), start("--force"));
    for (Process run : both) {
      assertEquals(0, end(run), () -> err());
    }
    assertEquals(undisturbed, orders.bytes(DAYS));
    assertEquals(List.of(), left());
  }

  private Process start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                orders.folder().home().resolve("pipeline.yaml").toString(),
                "--set",
                "landing=" + orders.folder().home().resolve("landing"),
                "--set",
                "warehouse=" + orders.folder().home().resolve("warehouse")));
    command.addAll(List.of(orders.range(1, DAYS, more)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("out.txt").toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(home.resolve("err.txt").toFile()));
    builder.environment().remove("HADOOP_CONF_DIR");
    return builder.start();
  }

  private static int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it does not end");
    return process.exitValue();
  }

  private String err() {
    try {
      return Files.readString(home.resolve("err.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<Path> left() throws IOException {
    List<Path> left = new ArrayList<>();
    for (String name : List.of("_staging", "_trash", "_leases")) {
      Path folder = orders.folder().home().resolve("warehouse").resolve(name);
      if (Files.exists(folder)) {
        try (Stream<Path> paths = Files.walk(folder)) {
          paths.filter(path -> !path.equals(folder)).forEach(left::add);
        }
      }
    }
    return left;
  }
}
