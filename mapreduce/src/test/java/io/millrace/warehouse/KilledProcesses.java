package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed or put to sleep before any call of a commit on HDFS, or find it full.
 */
abstract class KilledProcesses {
  static final Unit UNIT = new Unit(StageId.score(), LocalDate.of(2026, 11, 1));
  private static final int MINUTE = 60;

  @TempDir static java.nio.file.Path folder;
  private static int runs;

  /** A warehouse of its own. */
  abstract Warehouse warehouse(String name) throws IOException;

  /** Whether a folder is listed in one call. */
  abstract boolean listsAtOnce();

  @Test
  void shouldSurviveAKillBeforeEveryCall() throws Exception {
    Warehouse warehouse = warehouse("killed");
    publish(warehouse);
    int kills = 0;
    try (PartitionWatch reader = watch(warehouse)) {
      for (boolean isKilled = true; isKilled; kills++) {
        isKilled = end(start(warehouse, "KILL", kills)) == PublishingProcess.KILLED;
        publish(warehouse);
      }
      assertEquals("", reader.complaint());
      assertTrue(!listsAtOnce() || reader.looks() > kills, "looks " + reader.looks());
    }
    assertTrue(kills > 15, "kills " + kills);
  }

  @Test
  void shouldSurviveAKillBeforeEverySecondCallThatSettles() throws Exception {
    Warehouse warehouse = warehouse("settled");
    publish(warehouse);
    int kills = 0;
    try (PartitionWatch reader = watch(warehouse)) {
      for (boolean isKilled = true; isKilled; kills++) {
        // it dies with one data set in its place and the other not
        assertEquals(PublishingProcess.KILLED, end(start(warehouse, "KILL", 13)));
        isKilled = end(start(warehouse, "KILL", 3 + 2 * kills)) == PublishingProcess.KILLED;
        publish(warehouse);
      }
      assertEquals("", reader.complaint());
    }
    assertTrue(kills > 10, "kills " + kills);
  }

  @Test
  void shouldStopAProcessThatWakesAfterItsLeaseWasTaken() throws Exception {
    Warehouse warehouse = warehouse("slept");
    publish(warehouse);
    for (int step : List.of(5, 7, 10, 13)) {
      Process sleeper = start(warehouse, "STOP", step);
      awaitSleep(sleeper);
      String text = publish(warehouse);
      signal(sleeper, "CONT");
      assertEquals(PublishingProcess.LOST, end(sleeper), "asleep before step " + step);
      assertStands(warehouse, text);
    }
  }

  @Test
  void shouldLetTwoProcessesPublishOneAfterTheOther() throws Exception {
    Warehouse warehouse = warehouse("both");
    try (PartitionWatch reader = watch(warehouse)) {
      List<Process> both = List.of(start(warehouse, "KILL", -1), start(warehouse, "KILL", -1));
      for (Process process : both) {
        assertEquals(PublishingProcess.DONE, end(process));
      }
      assertEquals("", reader.complaint());
    }
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
    assertEquals(1, publishers(warehouse).stream().distinct().count());
  }

  private PartitionWatch watch(Warehouse warehouse) {
    return new PartitionWatch(
        warehouse, listsAtOnce() ? UNIT.stage().dataSets() : List.of(), UNIT.date());
  }

  private static Process start(Warehouse warehouse, String signal, int step) throws IOException {
    int number = ++runs;
    return PublishingProcess.start(
        warehouse,
        run(number),
        text(number),
        signal,
        step,
        folder.resolve("process-" + number).toFile());
  }

  private static int end(Process process) throws InterruptedException {
    assertTrue(process.waitFor(2 * MINUTE, TimeUnit.SECONDS), "it does not end");
    return process.exitValue();
  }

  private static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  private static void awaitSleep(Process process) throws Exception {
    java.nio.file.Path stat = java.nio.file.Path.of("/proc", process.pid() + "", "stat");
    for (int i = 0; i < MINUTE * 10; i++) {
      String text = Files.readString(stat);
      if (text.substring(text.lastIndexOf(')')).startsWith(") T")) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("it does not sleep");
  }

  /** A run that nobody disturbs: all is whole after it, and nothing is left. Returns its text. */
  static String publish(Warehouse warehouse) throws Exception {
    int number = ++runs;
    try (Committer committer = committer(warehouse, number)) {
      Staging staging = committer.begin(UNIT, Duration.ofMinutes(1), holder -> {});
      committer.publish(staging, StagedWork.fill(warehouse, staging, text(number)));
    }
    assertStands(warehouse, text(number));
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
    return text(number);
  }

  static Committer committer(Warehouse warehouse, int number) throws IOException {
    LeaseTiming timing = LeaseTiming.of(PublishingProcess.quick(warehouse.configuration()));
    return new Committer(warehouse, run(number), "run by a test", RunEnvironment.of(timing));
  }

  static void assertStands(Warehouse warehouse, String text) throws IOException {
    assertEquals(1, publishers(warehouse).stream().distinct().count());
    for (String dataSet : UNIT.stage().dataSets()) {
      for (Path path : warehouse.open(dataSet, UNIT.date()).paths()) {
        try (InputStream in = warehouse.fileSystem().open(path)) {
          assertEquals(text, new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
      }
    }
  }

  private static List<String> publishers(Warehouse warehouse) throws IOException {
    List<String> publishers = new ArrayList<>();
    for (String dataSet : UNIT.stage().dataSets()) {
      publishers.add(warehouse.open(dataSet, UNIT.date()).manifest().run());
    }
    return publishers;
  }

  static int nextRun() {
    return ++runs;
  }

  private static String run(int number) {
    return "run-" + "x".repeat(number);
  }

  static String text(int number) {
    return "y".repeat(number);
  }
}
