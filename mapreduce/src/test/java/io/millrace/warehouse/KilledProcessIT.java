package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same on HDFS, and what goes wrong there besides: it is full, in safe mode, refuses. */
class KilledProcessIT extends KilledProcesses {
  private static MiniDFSCluster cluster;
  private static DistributedFileSystem hdfs;

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

  @Override
  Warehouse warehouse(String name) throws IOException {
    Path root = new Path("/" + name);
    hdfs.mkdirs(root);
    return new Warehouse(hdfs.makeQualified(root), hdfs.getConf());
  }

  @Override
  boolean listsAtOnce() {
    return true;
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
        publishing(warehouse, () -> hdfs.setSafeMode(SafeModeAction.ENTER, false));
    hdfs.setSafeMode(SafeModeAction.LEAVE, false);
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
    int number = nextRun();
    try (Committer committer = committer(warehouse, number)) {
      Staging staging = committer.begin(UNIT, Duration.ofMinutes(1), holder -> {});
      List<Manifest> manifests = StagedWork.fill(warehouse, staging, text(number));
      trouble.begins();
      return assertThrows(IOException.class, () -> committer.publish(staging, manifests));
    }
  }
}
