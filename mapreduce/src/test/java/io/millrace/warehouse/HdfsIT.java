package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.MiniHadoop;
import io.millrace.landing.Sight;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.MD5MD5CRC32FileChecksum;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only HDFS does: checksums from its blocks, renames that are atomic. */
class HdfsIT {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId CLEAN = StageId.clean();
  private static final Unit UNIT = new Unit(CLEAN, DATE);
  private static final int BLOCK_BYTES = 1 << 20;

  @TempDir static java.nio.file.Path folder;
  private static MiniDFSCluster cluster;
  private static FileSystem fileSystem;

  @BeforeAll
  static void startCluster() throws IOException {
    Configuration configuration = new Configuration();
    configuration.setLong("dfs.blocksize", BLOCK_BYTES);
    configuration.setLong("dfs.namenode.accesstime.precision", 0);
    configuration.setInt(MiniHadoop.PAUSE_OF_WRITERS, 10);
    cluster = new MiniDFSCluster.Builder(configuration, folder.toFile()).build();
    cluster.waitActive();
    fileSystem = cluster.getFileSystem();
  }

  @AfterAll
  static void stopCluster() {
    cluster.shutdown();
  }

  @Test
  void shouldPutChecksumsTogetherFromThoseOfBlocks() throws IOException {
    byte[] bytes = new byte[2 * BLOCK_BYTES + 1234];
    new Random(1).nextBytes(bytes);
    Path file = fileSystem.makeQualified(new Path("/landing/day 1/part-1.csv"));
    try (OutputStream out = fileSystem.create(file)) {
      out.write(bytes);
    }
    CRC32C expected = new CRC32C();
    expected.update(bytes);
    RawInput rawInput = new RawInput(fileSystem.getConf());
    assertEquals(
        expected.getValue(), rawInput.list("/landing/day 1", List.of()).files().get(0).crc32c());
  }

  @Test
  void shouldSeeThatAFileIsStillWritten() throws IOException {
    Configuration configuration = fileSystem.getConf();
    Warehouse warehouse =
        new Warehouse(fileSystem.makeQualified(new Path("/warehouse")), configuration);
    LandingPlace place =
        new LandingPlace("/landing/day 9", "/landing/day 9", Optional.empty(), warehouse);
    Path file = fileSystem.makeQualified(new Path("/landing/day 9/part-1.csv"));
    try (OutputStream out = fileSystem.create(file)) {
      out.write(1);
      assertEquals(Optional.of(file.toString()), place.openFile(place.look()));
    }
    Sight whole = place.look();
    assertEquals(Optional.empty(), place.openFile(whole));
    assertFalse(place.clock().orElseThrow().isBefore(whole.newest()));
  }

  @Test
  void shouldLeaveTheSharedFileSystemAsItIs() throws IOException {
    Path file = new Path("/landing/day 2/part-1.csv");
    StagedWork.write(fileSystem, file, "123456789");
    assertEquals(
        0xE3069283L,
        new RawInput(fileSystem.getConf())
            .list(file.toString(), List.of())
            .files()
            .get(0)
            .crc32c());
    assertInstanceOf(MD5MD5CRC32FileChecksum.class, fileSystem.getFileChecksum(file));
  }

  @Test
  void shouldChecksumEmptyFiles() throws IOException {
    StagedWork.write(fileSystem, new Path("/landing/day 3/empty.csv"), "");
    assertEquals(
        0,
        new RawInput(fileSystem.getConf())
            .list("/landing/day 3/*", List.of())
            .files()
            .get(0)
            .crc32c());
  }

  @Test
  void shouldReplaceOldPartitions() throws IOException {
    Warehouse warehouse = warehouse("replaced");
    StagedWork.publish(warehouse, "run-1", UNIT, "first");
    StagedWork.publish(warehouse, "run-2", UNIT, "second");
    assertEquals("run-2", warehouse.open("clean", DATE).manifest().run());
    assertEquals(
        6, fileSystem.getFileStatus(warehouse.open("clean", DATE).paths().get(0)).getLen());
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }

  @Test
  void shouldStopASleeperThatWakes() throws IOException {
    List<CommitStep> steps = new ArrayList<>();
    StagedWork.publish(warehouse("counted"), "run-1", UNIT, "first", steps::add);
    int fence = steps.indexOf(new CommitStep(CommitStep.Action.FENCE, ""));
    int lastMove = steps.indexOf(new CommitStep(CommitStep.Action.MOVE_NEW_IN, "clean"));
    for (int step = fence; step <= lastMove; step++) {
      Warehouse warehouse = warehouse("slept " + step);
      int sleepAt = step;
      int[] seen = {0};
      CommitStep.Listener sleep =
          next -> {
            if (seen[0]++ == sleepAt) {
              takeOver(warehouse);
            }
          };
      assertThrows(
          LeaseLostException.class,
          () -> StagedWork.publish(warehouse, "run-sleeper", UNIT, "slept", sleep));
      for (String dataSet : CLEAN.dataSets()) {
        assertEquals("run-taker", warehouse.open(dataSet, DATE).manifest().run());
      }
      assertEquals(List.of(), StagedWork.leftovers(warehouse));
    }
  }

  /** What the protocol of leases and commits takes for granted of a file system. */
  @Test
  void shouldHaveTheCallsThatCommitsStandOn() throws IOException {
    WarehouseFiles files = new WarehouseFiles(warehouse("calls"));
    FolderCallsContract.check(files, fileSystem.makeQualified(new Path("/calls")));
  }

  @Test
  void shouldLetNobodyOverwriteAnothersModelOrDecision() throws Exception {
    RivalModels.register(() -> warehouse("models"));
    RivalModels.decide(() -> warehouse("models"));
  }

  @Test
  void shouldTakeSignsOfLifeWhereTimesOfAccessAreOff() throws IOException {
    // dfs.namenode.accesstime.precision is 0 on this cluster: such times cannot be set
    Warehouse warehouse = warehouse("beats");
    try (Committer committer = StagedWork.onlyLiving(warehouse, "run-1", step -> {})) {
      Staging staging = StagedWork.begin(committer, UNIT);
      LeaseFiles leases = new LeaseFiles(warehouse, new WarehouseFiles(warehouse));
      leases.touch(staging.lease(), 4711);
      assertEquals(4711, leases.look(UNIT).orElseThrow().modified().getAsLong());
    }
  }

  private static void takeOver(Warehouse warehouse) {
    try {
      StagedWork.publish(warehouse, "run-taker", UNIT, "taken");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Warehouse warehouse(String name) throws IOException {
    return new Warehouse(fileSystem.makeQualified(new Path("/" + name)), fileSystem.getConf());
  }
}
