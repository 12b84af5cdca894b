package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill of a month in processes that are killed or told to end, and gone on with. */
class BackfillKillIT {
  private static final int DAYS = 30;
  private static final int STAGES = 3 * DAYS;

  @TempDir Path home;

  private Process start(OrderDays orders, Path err) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "backfill",
                orders.folder().home().resolve("pipeline.yaml").toString(),
                "--set",
                "landing=" + orders.folder().home().resolve("landing"),
                "--set",
                "warehouse=" + orders.folder().home().resolve("warehouse")));
    command.addAll(List.of(orders.range(1, DAYS, "--parallel", "2", "--json")));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(home.resolve("out.json").toFile())
            .redirectError(err.toFile());
    builder.environment().remove("HADOOP_CONF_DIR");
    return builder.start();
  }

  private static int standing(OrderDays orders) throws IOException {
    return orders.standing().values().stream().mapToInt(List::size).sum();
  }

  /** Waits until so many partitions stand. */
  private static void await(OrderDays orders, Process process, int partitions) throws Exception {
    while (process.isAlive() && standing(orders) < partitions) {
      Thread.sleep(20);
    }
    assertTrue(process.isAlive(), "it was done before it could be stopped");
  }

  @Test
  void shouldMakeOnlyTheRestAfterKills() throws Exception {
    OrderDays orders = OrderDays.create(Files.createDirectory(home.resolve("orders")), DAYS);
    Path err = home.resolve("err.txt");
    Process killed = start(orders, err);
    await(orders, killed, 20);
    killed.destroyForcibly().waitFor();
    SortedMap<String, Long> afterKill = manifestTimes(orders);

    Process ended = start(orders, err);
    await(orders, ended, 50);
    ended.destroy();
    assertTrue(ended.waitFor(60, TimeUnit.SECONDS));
    assertEquals(143, ended.exitValue());
    assertTrue(Files.readString(err).contains("Interrupted: "), Files.readString(err));
    SortedMap<String, Long> afterEnd = manifestTimes(orders);
    assertTrue(afterEnd.entrySet().containsAll(afterKill.entrySet()), "made again");
    assertEquals(List.of(), left(orders));

    Process last = start(orders, err);
    assertTrue(last.waitFor(5, TimeUnit.MINUTES));
    assertEquals(0, last.exitValue(), Files.readString(err));
    assertTrue(manifestTimes(orders).entrySet().containsAll(afterEnd.entrySet()), "made again");
    assertEquals(STAGES, standing(orders));
    assertEquals(
        STAGES - afterEnd.size(),
        OrderDays.ran(new CommandResult(0, Files.readString(home.resolve("out.json")), "")).size());
    assertEquals(List.of(), left(orders));
  }

  /** When each partition was published. */
  private static SortedMap<String, Long> manifestTimes(OrderDays orders) throws IOException {
    SortedMap<String, Long> times = new TreeMap<>();
    for (String dataSet : List.of("clean", "partials/customer", "features/customer")) {
      Path place = orders.folder().home().resolve("warehouse").resolve(dataSet);
      try (Stream<Path> partitions = Files.list(place)) {
        for (Path partition : partitions.toList()) {
          times.put(
              dataSet + "/" + partition.getFileName(),
              Files.getLastModifiedTime(partition.resolve("_SUCCESS")).toMillis());
        }
      }
    }
    return times;
  }

  private static List<Path> left(OrderDays orders) throws IOException {
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
