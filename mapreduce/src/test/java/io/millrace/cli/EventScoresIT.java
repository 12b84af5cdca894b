package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.MiniHadoop;
import io.millrace.OnMiniHadoop;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features are joined on YARN, from a warehouse on HDFS, and looked up on this machine. */
@OnMiniHadoop
class EventScoresIT {
  private static final LocalDate LAST = CardFraudFolder.FIRST.plusDays(1);
  private static final String[] BOTH_DAYS = {
    "--from", CardFraudFolder.FIRST.toString(), "--to", LAST.toString()
  };

  @Test
  void shouldMakeTheBytesOfOneMachineThatLooksFeaturesUp(
      MiniHadoop hadoop, @TempDir java.nio.file.Path folder) throws IOException {
    FileSystem hdfs = hadoop.fileSystem();
    List<String> options = new ArrayList<>(hadoop.options());
    // each task in a container of its own, although there is little input
    options.add("-Dmapreduce.job.ubertask.enable=false");
    CardFraudFolder cluster =
        Sales.create(hdfs, new Path("/sales"), options, "join: {memory: 0}\n", LAST);
    // what comes before is made by this process, which takes a tenth of the time
    cluster
        .with("-Dfs.defaultFS=" + hdfs.getUri())
        .millrace("run", BOTH_DAYS)
        .expect(ExitCode.DONE);
    int applications = hadoop.applications();
    for (String stage : List.of("join", "score")) {
      cluster
          .millrace("run", "--date", LAST.toString(), "--stage", stage, "--force")
          .expect(ExitCode.DONE);
    }
    assertEquals(3, hadoop.applications() - applications);

    CardFraudFolder local =
        Sales.create(CardFraudFolder.local(), new Path(folder.toUri()), List.of(), "", LAST);
    local.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    SortedMap<String, Path> onCluster = cluster.dataFiles();
    assertTrue(onCluster.keySet().removeIf(name -> name.startsWith("joined/")));
    SortedMap<String, Path> onOneMachine = local.dataFiles();
    assertFalse(onOneMachine.isEmpty());
    assertEquals(onOneMachine.keySet(), onCluster.keySet());
    for (String name : onCluster.keySet()) {
      assertArrayEquals(
          local.bytes(onOneMachine.get(name)), cluster.bytes(onCluster.get(name)), name);
    }
  }
}
