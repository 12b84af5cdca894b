package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.MiniHadoop;
import io.millrace.OnMiniHadoop;
import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of middling and little input on YARN, where tasks of their own could not even start. */
@OnMiniHadoop
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneContainerIT {
  private static final LocalDate DAY = CardFraudFolder.FIRST;
  private static final long MOMENT_MILLIS = 100;
  private static final String[] DATE = {"--date", DAY.toString(), "--retry-pause", "1s"};

  /** More than the 16 MiB up to which Hadoop itself runs tasks in the master's process. */
  private static final CardFraudSettings SETTINGS =
      CardFraudSettings.of(DAY, 1)
          .withTransactions(230_000)
          .withCards(4_000)
          .withTerminals(400)
          .withFiles(2, 0);

  private final MiniHadoop hadoop;
  @TempDir private static java.nio.file.Path folder;
  private CardFraudFolder local;
  private YarnClient yarn;
  private Set<ApplicationId> before;

  OneContainerIT(MiniHadoop hadoop) {
    this.hadoop = hadoop;
  }

  @BeforeAll
  void runOnOneMachine() throws IOException {
    local = CardFraudFolder.create(folder.resolve("local"));
    local.generate(SETTINGS);
    local.millrace("run", DATE).expect(ExitCode.DONE);
  }

  @BeforeEach
  void connect() throws IOException, YarnException {
    yarn = YarnClient.createYarnClient();
    yarn.init(hadoop.configuration());
    yarn.start();
    before =
        applications().stream()
            .map(ApplicationReport::getApplicationId)
            .collect(Collectors.toSet());
  }

  @AfterEach
  void disconnect() {
    yarn.stop();
  }

  private List<ApplicationReport> applications() throws IOException, YarnException {
    return yarn.getApplications();
  }

  /** Those that were started since the test began. */
  private List<ApplicationReport> started() throws IOException, YarnException {
    return applications().stream()
        .filter(each -> !before.contains(each.getApplicationId()))
        .toList();
  }

  private CardFraudFolder onCluster(String name) throws IOException {
    CardFraudFolder cluster =
        CardFraudFolder.create(hadoop.fileSystem(), new Path("/one-container", name), options());
    cluster.generate(SETTINGS);
    return cluster;
  }

  private List<String> options() throws IOException {
    List<String> options = new ArrayList<>(hadoop.options());
    // who says what tasks are to get has them spread
    options.removeIf(option -> option.matches("-Dmapred.*(memory.mb|sort.mb|child.java.opts)=.*"));
    options.add("-Dmapred.child.java.opts=-XX:+NoJvmOfATaskStarts");
    options.add("-Dmillrace.lease.heartbeat=500ms");
    options.add("-Dmillrace.lease.dead-after=4s");
    return options;
  }

  private void assertBytesOfOneMachine(CardFraudFolder cluster) throws IOException {
    SortedMap<String, Path> onCluster = cluster.dataFiles();
    SortedMap<String, Path> onOneMachine = local.dataFiles();
    assertFalse(onCluster.isEmpty());
    assertEquals(onOneMachine.keySet(), onCluster.keySet());
    for (String file : onCluster.keySet()) {
      assertArrayEquals(
          local.bytes(onOneMachine.get(file)), cluster.bytes(onCluster.get(file)), file);
    }
  }

  /**
   * Waits for the first application of the test to run, and returns it.
   *
   * @param hasEnded whether the command has, which then was too early
   */
  private ApplicationId running(BooleanSupplier hasEnded)
      throws IOException, YarnException, InterruptedException {
    while (!hasEnded.getAsBoolean()) {
      Optional<ApplicationReport> running =
          started().stream()
              .filter(each -> each.getYarnApplicationState() == YarnApplicationState.RUNNING)
              .findFirst();
      if (running.isPresent()) {
        return running.get().getApplicationId();
      }
      Thread.sleep(MOMENT_MILLIS);
    }
    throw new AssertionError("The command has ended before its container ran");
  }

  @Test
  void shouldMakeAllStagesInOneContainerAndTheBytesThatOneMachineMakes() throws Exception {
    CardFraudFolder cluster = onCluster("all");
    CommandResult result = cluster.millrace("run", DATE).expect(ExitCode.DONE);
    assertEquals(1, started().size(), result::toString);
    assertBytesOfOneMachine(cluster);
  }

  @Test
  void shouldStartAnotherContainerWhereOneIsLost() throws Exception {
    CardFraudFolder cluster = onCluster("lost");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<CommandResult> run = thread.submit(() -> cluster.millrace("run", DATE));
    try {
      yarn.killApplication(running(run::isDone));
    } catch (AssertionError e) {
      run.get().expect(ExitCode.DONE); // says why
      throw e;
    }
    CommandResult result = run.get().expect(ExitCode.DONE);
    thread.shutdown();
    assertEquals(2, started().size(), result::toString);
    assertBytesOfOneMachine(cluster);
  }

  @Test
  void shouldLeaveWhereTheRunHasDied() throws Exception {
    CardFraudFolder cluster = onCluster("died");
    Process run = start(cluster);
    ApplicationId container = running(() -> !run.isAlive());
    run.destroyForcibly();
    while (yarn.getApplicationReport(container).getYarnApplicationState()
        == YarnApplicationState.RUNNING) {
      Thread.sleep(MOMENT_MILLIS);
    }
    assertTrue(run.waitFor(1, TimeUnit.MINUTES));
    cluster.millrace("run", DATE).expect(ExitCode.DONE);
    assertBytesOfOneMachine(cluster);
  }

  private Process start(CardFraudFolder cluster) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                cluster.spec().toString(),
                "--set",
                "landing=" + cluster.landing(),
                "--set",
                "warehouse=" + cluster.warehouse(),
                "--date",
                DAY.toString()));
    command.addAll(cluster.options());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("run.txt").toFile());
    builder.environment().remove("HADOOP_CONF_DIR");
    return builder.start();
  }
}
