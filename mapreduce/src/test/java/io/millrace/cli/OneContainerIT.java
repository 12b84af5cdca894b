package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.MiniHadoop;
import io.millrace.OnMiniHadoop;
import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job of middling input on YARN, where tasks of their own could not even start. */
@OnMiniHadoop
class OneContainerIT {
  private static final LocalDate DAY = CardFraudFolder.FIRST;

  /** More than the 16 MiB up to which Hadoop itself runs tasks in the master's process. */
  private static final CardFraudSettings SETTINGS =
      CardFraudSettings.of(DAY, 1)
          .withTransactions(230_000)
          .withCards(4_000)
          .withTerminals(400)
          .withFiles(2, 0);

  @Test
  void shouldMakeTheBytesThatOneMachineMakes(MiniHadoop hadoop, @TempDir java.nio.file.Path folder)
      throws IOException {
    FileSystem hdfs = hadoop.fileSystem();
    List<String> options = new ArrayList<>(hadoop.options());
    // who says what tasks are to get has them spread
    options.removeIf(option -> option.matches("-Dmapred.*(memory.mb|sort.mb|child.java.opts)=.*"));
    options.add("-Dmapred.child.java.opts=-XX:+NoJvmOfATaskStarts");
    CardFraudFolder cluster = CardFraudFolder.create(hdfs, new Path("/one-container"), options);
    cluster.generate(SETTINGS);
    int before = hadoop.applications();
    CommandResult cleaned =
        cluster.millrace("run", "--date", DAY.toString(), "--stage", "clean").expect(ExitCode.DONE);
    assertEquals(1, hadoop.applications() - before, cleaned::toString);

    CardFraudFolder local = CardFraudFolder.create(folder);
    local.generate(SETTINGS);
    local.millrace("run", "--date", DAY.toString(), "--stage", "clean").expect(ExitCode.DONE);
    SortedMap<String, Path> onCluster = cluster.dataFiles();
    SortedMap<String, Path> onOneMachine = local.dataFiles();
    assertFalse(onCluster.isEmpty());
    assertEquals(onOneMachine.keySet(), onCluster.keySet());
    for (String file : onCluster.keySet()) {
      assertArrayEquals(
          local.bytes(onOneMachine.get(file)), cluster.bytes(onCluster.get(file)), file);
    }
  }
}
