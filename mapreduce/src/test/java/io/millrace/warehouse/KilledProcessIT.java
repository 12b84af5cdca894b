package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.Manifest;
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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed or put to sleep before any call of a commit on HDFS, or find it full.
 */
class KilledProcessIT {
  static final Unit UNIT = new Unit(StageId.score(), LocalDate.of(2026, 11, 1));
  private static final int MINUTE = 60;

  @TempDir static java.nio.file.Path folder;
  private static MiniDFSCluster cluster;
  private static DistributedFileSystem hdfs;
  private static int runs;

  @BeforeAll
  static void startCluster() throws IOException {
    Configuration configuration = new Configuration();
    configuration.setLong("dfs.namenode.fs-limits.min-block-size", 1024);
    configuration.setLong("dfs.blocksize", 64 * 1024);
    cluster = new MiniDFSCluster.Builder(configuration, folder.toFile()).build();
    cluster.waitActive();
    hdfs = cluster.getFileSystem();
  }

  @AfterAll
  static void stopCluster() {
    cluster.shutdown();
  }

  @Test
  void shouldSurviveAKillBeforeEveryCall() throws Exception {
    Warehouse warehouse = warehouse("killed");
    publish(warehouse);
    int kills = 0;
    try (PartitionWatch reader = new PartitionWatch(warehouse, UNIT)) {
      for (boolean isKilled = true; isKilled; kills++) {
        isKilled = end(start(warehouse, "KILL", kills)) == PublishingProcess.KILLED;
        publish(warehouse);
      }
      assertEquals("", reader.complaint());
      assertTrue(reader.looks() > kills, "looks " + reader.looks());
    }
    assertTrue(kills > 15, "kills " + kills);
  }

  @Test
  void shouldSurviveAKillBeforeEveryCallThatSettles() throws Exception {
    Warehouse warehouse = warehouse("settled");
    publish(warehouse);
    int kills = 0;
    try (PartitionWatch reader = new PartitionWatch(warehouse, UNIT)) {
      for (boolean isKilled = true; isKilled; kills++) {
        // it dies with one data set in its place and the other not
        assertEquals(PublishingProcess.KILLED, end(start(warehouse, "KILL", 13)));
        isKilled = end(start(warehouse, "KILL", 3 + kills)) == PublishingProcess.KILLED;
        publish(warehouse);
      }
      assertEquals("", reader.complaint());
    }
    assertTrue(kills > 15, "kills " + kills);
  }

  @Test
  void shouldStopAProcessThatWakesAfterItsLeaseWasTaken() throws Exception {
    Warehouse warehouse = warehouse("slept");
    publish(warehouse);
    for (int step = 5; step < 15; step += 3) {
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
    try (PartitionWatch reader = new PartitionWatch(warehouse, UNIT)) {
      List<Process> both = List.of(start(warehouse, "KILL", -1), start(warehouse, "KILL", -1));
      for (Process process : both) {
        assertEquals(PublishingProcess.DONE, end(process));
      }
      assertEquals("", reader.complaint());
    }
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
    assertEquals(1, publishers(warehouse).stream().distinct().count());
  }

  @Test
  void shouldPutTheOldBackWhereHdfsIsFull() throws Exception {
    Warehouse warehouse = warehouse("full");
    String text = publish(warehouse);
    IOException failure =
        publishing(
            warehouse,
            () -> {
              long used = hdfs.getContentSummary(warehouse.root()).getSpaceConsumed();
              hdfs.setQuota(warehouse.root(), HdfsConstants.QUOTA_DONT_SET, used + 1);
            });
    assertTrue(failure.getMessage().contains("quota"), failure::getMessage);
    assertTrue(
        failure.getMessage().contains("Cannot publish score/dt=2026-11-01"), failure::getMessage);
    assertStands(warehouse, text);
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
    hdfs.setQuota(warehouse.root(), HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
    publish(warehouse);
  }

  @Test
  void shouldGoOnAfterSafeMode() throws Exception {
    Warehouse warehouse = warehouse("safe");
    String text = publish(warehouse);
    IOException failure =
        publishing(
            warehouse, () -> hdfs.setSafeMode(org.apache.hadoop.fs.SafeModeAction.ENTER, false));
    hdfs.setSafeMode(org.apache.hadoop.fs.SafeModeAction.LEAVE, false);
    assertTrue(failure.getMessage().contains("safe mode"), failure::getMessage);
    assertStands(warehouse, text);
    publish(warehouse);
  }

  @Test
  void shouldLeaveToTheNextRunWhatCannotBePutBackEither() throws Exception {
    Warehouse warehouse = warehouse("refused");
    publish(warehouse);
    Path scores = warehouse.dataSetPath("scores");
    IOException failure =
        publishing(
            warehouse,
            () -> {
              long names = hdfs.getContentSummary(scores).getFileAndDirectoryCount();
              hdfs.setQuota(scores, names - 2, HdfsConstants.QUOTA_DONT_SET);
            });
    hdfs.setQuota(scores, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);
    assertTrue(failure.getMessage().contains("quota"), failure::getMessage);
    publish(warehouse);
  }

  private interface Trouble {
    void begins() throws IOException;
  }

  /** What publishing says where trouble begins when the work is done. */
  private static IOException publishing(Warehouse warehouse, Trouble trouble) throws Exception {
    int number = ++runs;
    try (Committer committer = committer(warehouse, number)) {
      Staging staging = committer.begin(UNIT, Duration.ofMinutes(1), holder -> {});
      List<Manifest> manifests = StagedWork.fill(warehouse, staging, text(number));
      trouble.begins();
      return assertThrows(IOException.class, () -> committer.publish(staging, manifests));
    }
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
  private static String publish(Warehouse warehouse) throws Exception {
    int number = ++runs;
    try (Committer committer = committer(warehouse, number)) {
      Staging staging = committer.begin(UNIT, Duration.ofMinutes(1), holder -> {});
      committer.publish(staging, StagedWork.fill(warehouse, staging, text(number)));
    }
    assertStands(warehouse, text(number));
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
    return text(number);
  }

  private static Committer committer(Warehouse warehouse, int number) throws IOException {
    LeaseTiming timing = LeaseTiming.of(PublishingProcess.quick(hdfs.getConf()));
    return new Committer(warehouse, run(number), "run by a test", RunEnvironment.of(timing));
  }

  private static void assertStands(Warehouse warehouse, String text) throws IOException {
    assertEquals(1, publishers(warehouse).stream().distinct().count());
    for (String dataSet : UNIT.stage().dataSets()) {
      for (Path path : warehouse.open(dataSet, UNIT.date()).paths()) {
        try (InputStream in = hdfs.open(path)) {
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

  private static String run(int number) {
    return "run-" + "x".repeat(number);
  }

  private static String text(int number) {
    return "y".repeat(number);
  }

  private static Warehouse warehouse(String name) throws IOException {
    Path root = new Path("/" + name);
    hdfs.mkdirs(root);
    return new Warehouse(hdfs.makeQualified(root), hdfs.getConf());
  }
}
