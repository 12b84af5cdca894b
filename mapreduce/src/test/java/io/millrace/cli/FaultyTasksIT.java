package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.MiniHadoop;
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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Cluster;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobCounter;
import org.apache.hadoop.mapreduce.JobStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks on YARN that fail and are tried again, and tasks that are overtaken by a second attempt.
 */
@ExtendWith(MiniHadoop.Extension.class)
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

  /** Makes the first day in this process, the second on YARN with a fault. */
  private CardFraudFolder run(MiniHadoop hadoop, String fault, List<String> more)
      throws IOException {
    List<String> options = new ArrayList<>(hadoop.options());
    options.add("-Dtmpjars=" + jar.toUri());
    options.add("-Dfs.hdfs.impl=" + FaultyHdfs.class.getName());
    options.add("-Dmapreduce.job.map.output.collector.class=" + FaultyCollector.class.getName());
    options.add("-D" + FirstAttempt.FAULT + "=" + fault);
    options.add("-Dmillrace.input.split-bytes=" + MiniHadoop.BLOCK_BYTES);
    options.addAll(more);
    CardFraudFolder cluster =
        CardFraudFolder.create(hadoop.fileSystem(), new Path("/faults-" + fault), options);
    cluster.generate(SETTINGS);
    cluster
        .with(
            "-Dfs.defaultFS=" + hadoop.fileSystem().getUri(),
            "-Ddfs.blocksize=" + MiniHadoop.BLOCK_BYTES)
        .millrace("run", "--date", FIRST.toString())
        .expect(ExitCode.DONE);
    cluster.millrace("run", "--date", LAST.toString()).expect(ExitCode.DONE);
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

  /** A counter over all jobs that the cluster remembers. */
  private static long sum(MiniHadoop hadoop, JobCounter... counters)
      throws IOException, InterruptedException {
    Configuration configuration = hadoop.configuration();
    long sum = 0;
    Cluster cluster = new Cluster(configuration);
    try {
      for (JobStatus status : cluster.getAllJobStatuses()) {
        Job job = cluster.getJob(status.getJobID());
        for (JobCounter counter : counters) {
          sum += job.getCounters().findCounter(counter).getValue();
        }
      }
    } finally {
      cluster.close();
    }
    return sum;
  }

  @Test
  void shouldMakeTheSameBytesWhenEveryTaskFailsOnce(MiniHadoop hadoop)
      throws IOException, InterruptedException {
    JobCounter[] failed = {JobCounter.NUM_FAILED_MAPS, JobCounter.NUM_FAILED_REDUCES};
    long before = sum(hadoop, failed);
    CardFraudFolder cluster = run(hadoop, FirstAttempt.FAIL, List.of());
    assertSameBytes(cluster);
    long tasks = sum(hadoop, failed) - before;
    assertTrue(tasks >= 10, tasks + " attempts failed");
  }

  @Test
  void shouldMakeTheSameBytesWhenASecondAttemptOvertakesTheFirst(MiniHadoop hadoop)
      throws IOException, InterruptedException {
    JobCounter[] killed = {JobCounter.NUM_KILLED_MAPS, JobCounter.NUM_KILLED_REDUCES};
    long before = sum(hadoop, killed);
    CardFraudFolder cluster =
        run(
            hadoop,
            FirstAttempt.STALL,
            List.of(
                "-Dmapreduce.map.speculative=true",
                "-Dmapreduce.reduce.speculative=true",
                "-Dmapreduce.job.speculative.minimum-allowed-tasks=4",
                "-Dmapreduce.job.speculative.retry-after-no-speculate=500",
                "-Dmapreduce.job.speculative.retry-after-speculate=500",
                "-Dmapreduce.job.speculative.slowtaskthreshold=0.1",
                "-Dyarn.app.mapreduce.am.speculative.estimator.exponential.stagnated.ms=2000"));
    assertSameBytes(cluster);
    assertTrue(sum(hadoop, killed) > before, "no attempt was overtaken");
  }
}
