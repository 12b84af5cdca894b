package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.MiniHadoop;
import io.millrace.OnMiniHadoop;
import io.millrace.example.CardFraudSettings;
import io.millrace.example.DefectCounts;
import io.millrace.plan.FileRead;
import io.millrace.plan.Manifest;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three days of the example on HDFS, the last on YARN, beside the same days on this machine. */
@OnMiniHadoop
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainIT {
  private static final int DAYS = 3;
  private static final LocalDate FIRST = CardFraudFolder.FIRST;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final String[] ALL_DAYS = {"--from", FIRST.toString(), "--to", LAST.toString()};
  private static final CardFraudSettings SETTINGS =
      CardFraudSettings.of(FIRST, DAYS)
          .withTransactions(2_500)
          .withCards(400)
          .withTerminals(80)
          .withFiles(2, 1);

  private MiniHadoop hadoop;
  private CardFraudFolder cluster;
  private CardFraudFolder local;
  private List<DefectCounts> generated;
  private int jobs;

  @BeforeAll
  void runBoth(MiniHadoop hadoop, @TempDir java.nio.file.Path folder) throws IOException {
    this.hadoop = hadoop;
    FileSystem hdfs = hadoop.fileSystem();
    List<String> options = hadoop.options();
    // a block a split: the uncompressed files of a day have several
    options.add("-Dmillrace.input.split-bytes=" + MiniHadoop.BLOCK_BYTES);
    cluster = CardFraudFolder.create(hdfs, new Path("/chain"), options);
    generated = cluster.generate(SETTINGS);
    // a job in containers takes ten times as long: earlier days are made by this process
    cluster
        .with("-Dfs.defaultFS=" + hdfs.getUri(), "-Ddfs.blocksize=" + MiniHadoop.BLOCK_BYTES)
        .millrace("run", "--from", FIRST.toString(), "--to", LAST.minusDays(1).toString())
        .expect(ExitCode.DONE);
    // each task in a container of its own, then all tasks of a job in its application master's
    String uber = "-Dmapreduce.job.ubertask.enable=";
    String date = LAST.toString();
    int before = hadoop.applications();
    cluster.millrace("run", uber + false, "--date", date, "--stage", "clean").expect(ExitCode.DONE);
    cluster.millrace("run", uber + true, "--date", date).expect(ExitCode.DONE);
    jobs = hadoop.applications() - before;
    local = CardFraudFolder.create(folder, "-Dmapreduce.task.io.sort.mb=1");
    local.generate(SETTINGS);
    local.millrace("run", ALL_DAYS).expect(ExitCode.DONE);
  }

  @Test
  void shouldCountWhatWasGenerated() throws IOException {
    for (DefectCounts day : generated) {
      boolean initialLoad = day.date().equals(FIRST);
      Map<String, Long> expected =
          Map.of(
              "clean_records_read_total", day.lines(),
              "clean_records_kept_total", day.kept(initialLoad),
              "clean_records_duplicate_total", day.duplicates(),
              "clean_records_quarantined_total", day.quarantined(initialLoad));
      Map<String, Long> counts = new HashMap<>(manifest(cluster, "clean", day.date()).counts());
      counts.keySet().retainAll(expected.keySet());
      assertEquals(expected, counts);
      assertEquals(
          day.kept(initialLoad), cluster.records(cluster.partition("clean", day.date())).size());
      assertEquals(
          day.quarantined(initialLoad),
          cluster.records(cluster.partition("quarantine/clean", day.date())).size());
    }
  }

  @Test
  void shouldScoreEveryCard() throws IOException {
    Set<String> cards = new HashSet<>();
    for (GenericRecord features : cluster.records(cluster.partition("features/card", LAST))) {
      cards.add(features.get("card_id").toString());
    }
    Set<String> scored = new HashSet<>();
    for (GenericRecord score : cluster.records(cluster.partition("scores", LAST))) {
      assertTrue(scored.add(score.get("card_id").toString()));
      double risk = ((Number) score.get("score")).doubleValue();
      assertTrue(risk > 0 && risk < 1, score::toString);
    }
    assertFalse(cards.isEmpty());
    assertEquals(cards, scored);
  }

  @Test
  void shouldMakeTheBytesThatOneMachineMakes() throws IOException {
    SortedMap<String, Path> onCluster = cluster.dataFiles();
    SortedMap<String, Path> onOneMachine = local.dataFiles();
    assertEquals(onOneMachine.keySet(), onCluster.keySet());
    for (String name : onCluster.keySet()) {
      assertArrayEquals(
          local.bytes(onOneMachine.get(name)), cluster.bytes(onCluster.get(name)), name);
    }
  }

  @Test
  void shouldReadAFileWithSeveralTasks() throws IOException {
    Path raw = new Path(cluster.landing(), "dt=" + LAST + "/part-0000.csv");
    assertTrue(cluster.fileSystem().getFileStatus(raw).getLen() > 2 * MiniHadoop.BLOCK_BYTES);
  }

  @Test
  void shouldHaveTheFingerprintsOfOneMachine() throws IOException {
    for (String dataSet : List.of("clean", "features/card", "features/terminal", "scores")) {
      Manifest onCluster = manifest(cluster, dataSet, LAST);
      Manifest onOneMachine = manifest(local, dataSet, LAST);
      assertEquals(onOneMachine.fingerprint(), onCluster.fingerprint(), dataSet);
      assertEquals(onOneMachine.files(), onCluster.files(), dataSet);
    }
  }

  @Test
  void shouldPutTheJarsOfTasksOnTheClusterOnce() throws IOException {
    Path jars = new Path(hadoop.fileSystem().getHomeDirectory(), ".millrace/jars");
    List<String> names =
        Arrays.stream(hadoop.fileSystem().listStatus(jars))
            .map(file -> file.getPath().getName().replaceFirst("-[0-9a-f]{32}", ""))
            .sorted()
            .toList();
    assertEquals(List.of("onnxruntime.jar", "onnxruntime.used", "tasks.jar", "tasks.used"), names);
  }

  @Test
  void shouldTakeChecksumsOfRawFilesFromTheBlocks() throws IOException {
    List<FileRead> raw = manifest(cluster, "clean", LAST).filesRead();
    assertEquals(2, raw.size());
    for (FileRead file : raw) {
      Path path = new Path(cluster.landing(), "dt=" + LAST + "/" + file.name());
      assertEquals(cluster.crc32c(path), file.crc32c(), file.name());
    }
  }

  @Test
  void shouldRunNoJobWhenAllIsUpToDate() throws IOException {
    int applications = hadoop.applications();
    CommandResult again = cluster.millrace("run", ALL_DAYS).expect(ExitCode.DONE);
    assertEquals("Up to date: all 18 stages.", again.out().strip());
    assertEquals("", again.err());
    assertEquals(6, jobs);
    assertEquals(applications, hadoop.applications());
  }

  @Test
  void shouldLeaveNothingBehind() throws IOException {
    assertEquals(List.of(), cluster.names(new Path(cluster.warehouse(), "_staging")));
    assertEquals(List.of(), cluster.names(new Path(cluster.warehouse(), "_leases")));
  }

  private Manifest manifest(CardFraudFolder folder, String dataSet, LocalDate date)
      throws IOException {
    return new Warehouse(folder.warehouse(), hadoop.configuration())
        .manifest(dataSet, date)
        .orElseThrow();
  }
}
