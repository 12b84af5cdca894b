package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.ClusterScript;
import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README's section on clusters promises: daemons that are processes of their own, Hadoop's
 * own libraries, spec and data on HDFS, {@code hadoop jar}.
 */
@Tag("cluster")
class ClusterIT {
  private static final LocalDate FIRST = CardFraudFolder.FIRST;
  private static final LocalDate LAST = FIRST.plusDays(1);
  private static final String UBER = "-Dmapreduce.job.ubertask.enable=";

  @TempDir Path folder;

  @BeforeAll
  static void needLinux() {
    assumeTrue(ClusterScript.missing().isEmpty(), ClusterScript.missing().orElse(""));
  }

  /** The example's first days, run in this process. */
  private static CardFraudFolder onOneMachine(Path home, int days) throws IOException {
    CardFraudFolder local = CardFraudFolder.create(home);
    local.generate(
        CardFraudSettings.of(FIRST, days)
            .withTransactions(2_500)
            .withCards(400)
            .withTerminals(80)
            .withFiles(2, 1));
    String last = FIRST.plusDays(days - 1L).toString();
    local.millrace("run", "--from", FIRST.toString(), "--to", last).expect(ExitCode.DONE);
    return local;
  }

  @Test
  void shouldMakeTheBytesOfOneMachineOnFourWorkers(@TempDir Path home) throws Exception {
    CardFraudFolder local = onOneMachine(home, 2);
    try (ClusterScript cluster =
        ClusterScript.start(folder, "--workers", "4", "--block-size", "64k")) {
      CardFraudOnCluster example = CardFraudOnCluster.copy(local, cluster, "/card-fraud");
      // the first day has its tasks on several hosts, the second in its application masters'
      JsonNode first =
          maps(example.millrace("run", "--json", "--date", FIRST.toString(), UBER + false));
      JsonNode second =
          maps(example.millrace("run", "--json", "--date", LAST.toString(), UBER + true));
      // nine of ten on an idle machine; on a busy one hosts ask for work late
      long all = sum(first);
      assertTrue(all >= 6 && 2 * first.path("dataLocal").asLong() > all, first::toString);
      assertEquals(0, first.path("inMaster").asLong(), first::toString);
      assertTrue(second.path("inMaster").asLong() > 0, second::toString);
      example.assertSameAs(local, CardFraudOnCluster.emptyFolder(folder));
      ClusterScript.Ended again =
          example.millrace("run", "--from", FIRST.toString(), "--to", LAST.toString()).expect(0);
      assertEquals("Up to date: all 12 stages.", again.out().strip());
      ClusterScript.Ended status = cluster.run("status").expect(0);
      assertTrue(status.out().contains("w4"), status::out);
      ClusterScript.Ended twice = cluster.run("start").expect(0);
      assertTrue(twice.out().startsWith("The cluster runs already: 4 workers"), twice::out);
    }
  }

  /** Where the map tasks of a run ran. */
  private static JsonNode maps(ClusterScript.Ended run) throws IOException {
    return new ObjectMapper().readTree(run.expect(0).out()).path("maps");
  }

  private static long sum(JsonNode maps) {
    long sum = 0;
    for (JsonNode count : maps) {
      sum += count.asLong();
    }
    return sum;
  }

  @Test
  void shouldRunTheSameJarOnAnOlderHadoop(@TempDir Path home) throws Exception {
    CardFraudFolder local = onOneMachine(home, 1);
    try (ClusterScript cluster =
        ClusterScript.start(folder, "--hadoop", "3.4.3", "--workers", "2")) {
      CardFraudOnCluster example = CardFraudOnCluster.copy(local, cluster, "/card-fraud");
      String date = FIRST.toString();
      example.millrace("run", "--date", date, "--stage", "clean", UBER + false).expect(0);
      example.millrace("run", "--date", date, UBER + true).expect(0);
      example.assertSameAs(local, CardFraudOnCluster.emptyFolder(folder));
      ClusterScript.Ended version = cluster.run("hdfs", "version").expect(0);
      assertTrue(version.out().startsWith("Hadoop 3.4.3"), version::out);
    }
  }
}
