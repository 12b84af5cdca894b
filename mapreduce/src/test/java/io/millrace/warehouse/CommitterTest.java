package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId CLEAN = StageId.clean();

  private static final Unit UNIT = new Unit(CLEAN, DATE);

  @TempDir java.nio.file.Path folder;
  private final List<String> steps = new ArrayList<>();
  private Warehouse warehouse;
  private Committer committer;

  @BeforeEach
  void makeWarehouse() throws IOException {
    java.nio.file.Path root = folder.resolve("ware house [1]");
    warehouse = new Warehouse(new Path(root.toUri()), new Configuration());
    committer = StagedWork.onlyLiving(warehouse, "run-2", step -> steps.add(step.toString()));
  }

  @AfterEach
  void close() {
    committer.close();
  }

  @Test
  void shouldPublishAllDataSetsOfAStage() throws IOException {
    publish("run-1", "first");
    for (String dataSet : CLEAN.dataSets()) {
      assertEquals("run-1", warehouse.open(dataSet, DATE).manifest().run());
      assertEquals("first", text(dataSet));
    }
    assertNoWorkIsLeft();
  }

  @Test
  void shouldReplaceOldPartitions() throws IOException {
    publish("run-1", "first");
    publish("run-2", "second");
    assertEquals("second", text("clean"));
    assertEquals("second", text("quarantine/clean"));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldPublishTheMainDataSetLast() throws IOException {
    Staging staging = begin();
    committer.publish(staging, StagedWork.fill(warehouse, staging, "first"));
    assertEquals(
        List.of(
            "MAKE_STAGING",
            "WRITE_HOLDER",
            "MAKE_LEASES",
            "TAKE",
            "ENTER",
            "MAKE_PLACES",
            "FENCE",
            "WRITE_MANIFEST quarantine/clean",
            "WRITE_MANIFEST profile/clean",
            "WRITE_MANIFEST clean",
            "MAKE_REPLACED",
            "MOVE_OLD_AWAY quarantine/clean",
            "MOVE_NEW_IN quarantine/clean",
            "MOVE_OLD_AWAY profile/clean",
            "MOVE_NEW_IN profile/clean",
            "MOVE_OLD_AWAY clean",
            "MOVE_NEW_IN clean",
            "RELEASE",
            "DELETE_EMPTY_LEASE",
            "DELETE_STAGING"),
        steps);
  }

  @Test
  void shouldRefuseToPublishOverWebHdfs() throws IOException {
    Warehouse overHttp =
        new Warehouse(new Path("webhdfs://localhost:9870/warehouse"), new Configuration());
    IOException refused =
        assertThrows(IOException.class, () -> StagedWork.onlyLiving(overHttp, "run-2", step -> {}));
    assertEquals(
        "Cannot publish in the warehouse webhdfs://localhost:9870/warehouse: WebHDFS cannot do in one step what this needs. Name the warehouse by hdfs://",
        refused.getMessage());
  }

  @Test
  void shouldPublishDataSetsWithoutFiles() throws IOException {
    Staging staging = begin();
    List<Manifest> manifests = new ArrayList<>();
    for (String dataSet : CLEAN.dataSets()) {
      manifests.add(StagedWork.manifest("run-2", dataSet, DATE, List.of()));
    }
    committer.publish(staging, manifests);
    assertEquals(List.of(), warehouse.open("clean", DATE).paths());
    assertEquals(List.of(), warehouse.open("quarantine/clean", DATE).paths());
  }

  @Test
  void shouldRefuseFilesThatAreNotThoseOfTheManifest() throws IOException {
    publish("run-1", "first");
    Staging staging = begin();
    List<Manifest> manifests = StagedWork.fill(warehouse, staging, "second");
    StagedWork.write(
        warehouse.fileSystem(), new Path(staging.output(), "clean/part-r-00001.avro"), "stray");
    IOException error =
        assertThrows(IOException.class, () -> committer.publish(staging, manifests));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "Cannot publish clean/dt=2026-11-01: its manifest has the files"
                    + " {part-r-00000.avro=6}, but "),
        error.getMessage());
    assertEquals("first", text("clean"));
  }

  @Test
  void shouldRefuseManifestsThatDoNotBelongTogether() throws IOException {
    Staging staging = begin();
    Manifest foreign =
        StagedWork.manifest("run-0", "clean", DATE, List.of(new DataFile("a", 1, 1, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> committer.publish(staging, List.of(foreign)));
  }

  @Test
  void shouldLeaveNothingOfWorkThatIsGivenUp() throws IOException {
    publish("run-1", "first");
    Staging staging = begin();
    StagedWork.fill(warehouse, staging, "second");
    committer.discard(staging);
    assertEquals("first", text("clean"));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldKeepTheQuarantineOfAStageThatIsGivenUp() throws IOException {
    Staging staging = begin();
    StagedWork.fill(warehouse, staging, "bad records");
    Path kept = committer.keepQuarantine(staging, "quarantine/clean");
    committer.discard(staging);
    assertEquals(new Path(warehouse.root(), "_runs/run-2/quarantine/clean/dt=2026-11-01"), kept);
    assertTrue(warehouse.fileSystem().exists(new Path(kept, "part-r-00000.avro")));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldWorkOnSeveralStagesSideBySide() throws IOException {
    Staging card = begin(StageId.partials("card"));
    Staging terminal = begin(StageId.partials("terminal"));
    committer.publish(card, StagedWork.fill(warehouse, card, "card"));
    committer.publish(terminal, StagedWork.fill(warehouse, terminal, "terminal"));
    assertEquals("card", text("partials/card"));
    assertEquals("terminal", text("partials/terminal"));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldWorkUnderAnotherNameWhenItTriesAgain() throws IOException {
    Staging first = begin();
    committer.discard(first);
    Staging second = begin();
    // a task of the first try that nobody could end
    StagedWork.write(warehouse.fileSystem(), new Path(first.output(), "_temporary/0/part"), "late");
    assertNotEquals(first.output(), second.output());
    committer.publish(second, StagedWork.fill(warehouse, second, "second"));
    assertEquals("run-2", warehouse.open("clean", DATE).manifest().run());
    assertEquals("second", text("clean"));
    StagedWork.settle(warehouse, CLEAN);
    assertNoWorkIsLeft();
  }

  @Test
  void shouldUndoWhatItCannotPublishToTheEnd() throws IOException {
    publish("run-1", "first");
    Committer refused =
        StagedWork.onlyLiving(
            warehouse,
            "run-3",
            step -> {
              if (step.toString().equals("MOVE_NEW_IN clean")) {
                deleteStaged("run-3", "clean");
              }
            });
    Staging staging = StagedWork.begin(refused, UNIT);
    List<Manifest> manifests = StagedWork.fill(warehouse, staging, "third");
    assertThrows(IOException.class, () -> refused.publish(staging, manifests));
    refused.close();
    for (String dataSet : CLEAN.dataSets()) {
      assertEquals("run-1", warehouse.open(dataSet, DATE).manifest().run());
      assertEquals("first", text(dataSet));
    }
    assertNoWorkIsLeft();
  }

  @Test
  void shouldPublishToTheEndThoughItsThreadIsInterrupted() throws IOException {
    Thread caller = Thread.currentThread();
    try (Committer interrupted =
        StagedWork.onlyLiving(
            warehouse,
            "run-3",
            step -> {
              if (step.toString().equals("MOVE_NEW_IN quarantine/clean")) {
                caller.interrupt();
              }
            })) {
      Staging staging = StagedWork.begin(interrupted, UNIT);
      interrupted.publish(staging, StagedWork.fill(warehouse, staging, "third"));
    }
    assertTrue(Thread.interrupted(), "its caller learns of it");
    assertEquals("third", text("clean"));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldSettleWhatDeadRunsHaveLeftOfAnyDate() throws IOException {
    Committer dead = StagedWork.onlyLiving(warehouse, "run-1", step -> {});
    StagedWork.fill(warehouse, StagedWork.begin(dead, UNIT), "dead");
    StagedWork.begin(dead, new Unit(CLEAN, DATE.plusDays(1)));
    StagedWork.begin(dead, new Unit(StageId.score(), DATE));
    dead.close();
    committer.settleLeftovers(List.of(CLEAN, StageId.score()));
    assertNoWorkIsLeft();
  }

  /** As if somebody had deleted it. */
  private void deleteStaged(String run, String dataSet) {
    try {
      warehouse
          .fileSystem()
          .delete(
              new Path(warehouse.stagingPath(run, CLEAN, DATE), "commit/output/" + dataSet), true);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Staging begin() throws IOException {
    return StagedWork.begin(committer, UNIT);
  }

  private Staging begin(StageId stage) throws IOException {
    return StagedWork.begin(committer, new Unit(stage, DATE));
  }

  private void publish(String run, String text) throws IOException {
    StagedWork.publish(warehouse, run, UNIT, text);
  }

  private String text(String dataSet) throws IOException {
    Path path = warehouse.open(dataSet, DATE).paths().get(0);
    return Files.readString(java.nio.file.Path.of(path.toUri()));
  }

  private void assertNoWorkIsLeft() throws IOException {
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }
}
