package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.ClusterScript;
import io.millrace.ClusterScript.Container;
import io.millrace.ClusterScript.Role;
import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hosts, application masters and tasks that die in mid-job, each host in a network of its own. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DyingHostsIT {
  private static final String DATE = CardFraudFolder.FIRST.toString();
  private static final CardFraudSettings SETTINGS =
      CardFraudSettings.of(LocalDate.parse(DATE), 1)
          .withTransactions(2_500)
          .withCards(400)
          .withTerminals(80)
          .withFiles(2, 1);

  private Path folder;
  private CardFraudFolder local;
  private ClusterScript cluster;
  private CardFraudOnCluster example;
  private final Set<String> disturbed = new HashSet<>();

  @BeforeAll
  void start(@TempDir Path folder, @TempDir Path home) throws Exception {
    Optional<String> missing = ClusterScript.missingForNamespaces();
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    this.folder = folder;
    local = CardFraudFolder.create(home);
    local.generate(SETTINGS);
    local.millrace("run", "--date", DATE).expect(ExitCode.DONE);
    // three copies: two hosts may be dead at once
    cluster =
        ClusterScript.start(
            folder, "--netns", "--workers", "4", "--replication", "3", "--block-size", "64k");
    example = CardFraudOnCluster.copy(local, cluster, "/card-fraud");
  }

  @AfterAll
  void destroy() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void shouldMakeTheSameBytesWhenTasksAndHostsDie() throws Exception {
    ClusterScript.Running run =
        example.begin("run", "--date", DATE, "-Dmapreduce.job.ubertask.enable=false");
    List<String> dead = new ArrayList<>();
    task(run).kill();
    master(run).kill();
    dead.add(kill(task(run)));
    dead.add(kill(master(run)));
    ClusterScript.Ended ended = run.end();
    if (ended.exitCode() != ExitCode.DONE.code()) {
      example.millrace("run", "--date", DATE).expect(ExitCode.DONE.code());
    }
    assertEquals(2, dead.stream().distinct().count(), dead::toString);
    example.assertSameAs(local, CardFraudOnCluster.emptyFolder(folder));
    for (String host : dead) {
      cluster.startWorker(host);
    }
    assertEquals(
        "Up to date: all 6 stages.",
        example.millrace("run", "--date", DATE).expect(0).out().strip());
    assertTrue(cluster.run("status").expect(0).out().contains("w4"));
  }

  private String kill(Container container) throws IOException, InterruptedException {
    cluster.killWorker(container.host());
    return container.host();
  }

  /** A task of a job that nothing has happened to yet, on another host than its master. */
  private Container task(ClusterScript.Running run) throws Exception {
    return await(run, Role.TASK);
  }

  private Container master(ClusterScript.Running run) throws Exception {
    // of a job that has begun to work
    Container task = await(run, Role.TASK);
    return cluster.containers(Role.APPLICATION_MASTER).stream()
        .filter(master -> master.application().equals(task.application()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("a job without a master: " + task));
  }

  private Container await(ClusterScript.Running run, Role role) throws Exception {
    while (run.process().isAlive()) {
      for (Container container : cluster.containers(role)) {
        if (disturbed.add(container.application())) {
          return container;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("ended before its time: " + run.end());
  }
}
