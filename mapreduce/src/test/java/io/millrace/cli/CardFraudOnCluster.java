package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.ClusterScript;
import io.millrace.MiniHadoop;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;

/** The example card-fraud on a cluster's HDFS, as a folder of this machine has it. */
record CardFraudOnCluster(ClusterScript cluster, String home) {
  /** Copies spec, schema and landing files. */
  static CardFraudOnCluster copy(CardFraudFolder local, ClusterScript cluster, String home)
      throws IOException, InterruptedException {
    cluster.dfs("-mkdir", "-p", home);
    List<String> put = new ArrayList<>(List.of("-put"));
    for (String name : List.of("pipeline.yaml", "transaction.avsc", "landing")) {
      put.add(new Path(local.home(), name).toUri().getPath());
    }
    put.add(home);
    cluster.dfs(put.toArray(String[]::new));
    return new CardFraudOnCluster(cluster, home);
  }

  /** Starts {@code hadoop jar millrace.jar COMMAND} on the spec in HDFS. */
  ClusterScript.Running begin(String command, String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "jar",
                MiniHadoop.ofBuild("millrace.jar").toString(),
                command,
                "hdfs://" + home + "/pipeline.yaml",
                "--set",
                "landing=" + home + "/landing",
                "--set",
                "warehouse=" + home + "/warehouse"));
    all.addAll(Arrays.asList(arguments));
    return cluster.begin(all.toArray(String[]::new));
  }

  /** The same, to its end. */
  ClusterScript.Ended millrace(String command, String... arguments)
      throws IOException, InterruptedException {
    return begin(command, arguments).end();
  }

  /** That the warehouse has the bytes of the local one, and nothing of a run is left in it. */
  void assertSameAs(CardFraudFolder local, java.nio.file.Path empty)
      throws IOException, InterruptedException {
    cluster.dfs("-get", home + "/warehouse", empty.toString());
    CardFraudFolder fetched =
        new CardFraudFolder(local.fileSystem(), new Path(empty.toUri()), List.of());
    SortedMap<String, Path> expected = local.dataFiles();
    SortedMap<String, Path> files = fetched.dataFiles();
    assertFalse(expected.isEmpty());
    assertEquals(expected.keySet(), files.keySet());
    for (String name : expected.keySet()) {
      assertArrayEquals(local.bytes(expected.get(name)), fetched.bytes(files.get(name)), name);
    }
    for (String area : List.of("_staging", "_trash", "_leases")) {
      assertEquals(List.of(), fetched.names(new Path(fetched.warehouse(), area)), area);
    }
  }

  /** An empty folder to fetch into. */
  static java.nio.file.Path emptyFolder(java.nio.file.Path folder) throws IOException {
    return Files.createTempDirectory(folder, "fetched");
  }
}
