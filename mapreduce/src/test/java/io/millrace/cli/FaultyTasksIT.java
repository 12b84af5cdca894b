package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.MiniHadoop;
import io.millrace.OnMiniHadoop;
import io.millrace.example.CardFraudSettings;
import io.millrace.faults.FaultyCollector;
import io.millrace.faults.FaultyHdfs;
import io.millrace.faults.FirstAttempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.v2.app.speculate.SimpleExponentialTaskRuntimeEstimator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks on YARN that fail and are tried again, and tasks that are overtaken by a second attempt.
 */
@OnMiniHadoop
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyTasksIT {
  private static final LocalDate FIRST = CardFraudFolder.FIRST;
  private static final LocalDate LAST = FIRST.plusDays(1);
  private static final String[] BOTH_DAYS = {"--from", FIRST.toString(), "--to", LAST.toString()};
  private static final CardFraudSettings SETTINGS =
      CardFraudSettings.of(FIRST, 2)
          .withTransactions(2_500)
          .withCards(300)
          .withTerminals(60)
          .withFiles(2, 1);

  private static final String TRACES = "traces";

  private CardFraudFolder local;
  private java.nio.file.Path jar;

  @BeforeAll
  void runOnOneMachine(@TempDir java.nio.file.Path folder) throws IOException {
    local = CardFraudFolder.create(folder);
    local.generate(SETTINGS);
    local.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    jar = folder.resolve("faults.jar");
    writeJar();
  }

  /** The classes that containers need. */
  private void writeJar() throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Class<?> type :
          List.of(
              FirstAttempt.class,
              FaultyCollector.class,
              FaultyHdfs.class,
              FaultyHdfs.class.getDeclaredClasses()[0])) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getResourceAsStream("/" + name)) {
          in.transferTo(out);
        }
      }
    }
  }

  /** Makes some stages of the second day on YARN with a fault, all else in this process. */
  private CardFraudFolder run(
      MiniHadoop hadoop, String fault, List<String> stages, List<String> more) throws IOException {
    List<String> options = new ArrayList<>(hadoop.options());
    options.add("-Dtmpjars=" + jar.toUri());
    // tasks in the application master's process are tried once only
    options.add("-Dmapreduce.job.ubertask.enable=false");
    options.add("-Dfs.hdfs.impl=" + FaultyHdfs.class.getName());
    // lets the one that is configured count, which is ours with a fault
    options.add("-Dmillrace.sort=hadoop");
    options.add("-Dmapreduce.job.map.output.collector.class=" + FaultyCollector.class.getName());
    options.add("-D" + FirstAttempt.FAULT + "=" + fault);
    Path home = new Path("/faults-" + fault);
    options.add("-D" + FirstAttempt.TRACES + "=" + new Path(home, TRACES));
    options.add("-Dmillrace.input.split-bytes=" + MiniHadoop.BLOCK_BYTES);
    options.addAll(more);
    CardFraudFolder cluster = CardFraudFolder.create(hadoop.fileSystem(), home, options);
    cluster.generate(SETTINGS);
    CardFraudFolder here =
        cluster.with(
            "-Dfs.defaultFS=" + hadoop.fileSystem().getUri(),
            "-Ddfs.blocksize=" + MiniHadoop.BLOCK_BYTES);
    here.millrace("run", "--date", FIRST.toString()).expect(ExitCode.DONE);
    for (String stage : stages) {
      cluster.millrace("run", "--date", LAST.toString(), "--stage", stage).expect(ExitCode.DONE);
    }
    here.millrace("run", "--date", LAST.toString()).expect(ExitCode.DONE);
    return cluster;
  }

  private void assertSameBytes(CardFraudFolder cluster) throws IOException {
    SortedMap<String, Path> expected = local.dataFiles();
    SortedMap<String, Path> files = cluster.dataFiles();
    assertEquals(expected.keySet(), files.keySet());
    for (String name : files.keySet()) {
      assertArrayEquals(local.bytes(expected.get(name)), cluster.bytes(files.get(name)), name);
    }
  }

  /** The names of the traces that faults left. */
  private static List<String> traces(CardFraudFolder cluster) throws IOException {
    return cluster.names(new Path(cluster.home(), TRACES));
  }

  @Test
  void shouldMakeTheSameBytesWhenEveryTaskFailsOnce(MiniHadoop hadoop) throws IOException {
    List<String> stages = List.of("clean", "partials/card", "features/card");
    CardFraudFolder cluster = run(hadoop, FirstAttempt.FAIL, stages, List.of());
    assertSameBytes(cluster);
    List<String> failed = traces(cluster);
    assertTrue(failed.stream().anyMatch(attempt -> attempt.contains("_m_")), failed::toString);
    assertTrue(failed.stream().anyMatch(attempt -> attempt.contains("_r_")), failed::toString);
    assertEquals(3, failed.stream().map(attempt -> attempt.split("_", -1)[2]).distinct().count());
  }

  @Test
  void shouldMakeTheSameBytesWhenASecondAttemptOvertakesTheFirst(MiniHadoop hadoop)
      throws IOException {
    CardFraudFolder cluster =
        run(
            hadoop,
            FirstAttempt.STALL,
            List.of("clean"),
            List.of(
                "-Dmapreduce.map.speculative=true",
                "-Dmapreduce.reduce.speculative=true",
                "-Dmapreduce.job.speculative.minimum-allowed-tasks=4",
                "-Dmapreduce.job.speculative.retry-after-no-speculate=500",
                "-Dmapreduce.job.speculative.retry-after-speculate=500",
                // this estimator sees that a task makes no progress
                "-Dyarn.app.mapreduce.am.job.task.estimator.class="
                    + SimpleExponentialTaskRuntimeEstimator.class.getName(),
                "-Dyarn.app.mapreduce.am.speculative.estimator.exponential.stagnated.ms=2000"));
    assertSameBytes(cluster);
    List<String> stalled = traces(cluster);
    assertTrue(
        stalled.stream()
            .anyMatch(
                attempt ->
                    !stalled.contains(attempt + FirstAttempt.NOT_OVERTAKEN)
                        && !attempt.endsWith(FirstAttempt.NOT_OVERTAKEN)),
        () -> "no attempt was overtaken: " + stalled);
  }
}
