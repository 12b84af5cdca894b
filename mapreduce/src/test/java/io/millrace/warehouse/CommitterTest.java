package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId CLEAN = StageId.clean();

  @TempDir java.nio.file.Path folder;
  private Warehouse warehouse;
  private Committer committer;

  @BeforeEach
  void makeWarehouse() throws IOException {
    java.nio.file.Path root = folder.resolve("ware house [1]");
    warehouse = new Warehouse(new Path(root.toUri()), new Configuration());
    committer = new Committer(warehouse);
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
    List<String> steps = new ArrayList<>();
    Committer watched = new Committer(warehouse, step -> steps.add(step.toString()));
    StagedWork.publish(warehouse, watched, "run-1", CLEAN, DATE, "first");
    assertEquals(
        List.of(
            "WRITE_MANIFEST quarantine/clean",
            "WRITE_MANIFEST profile/clean",
            "WRITE_MANIFEST clean",
            "MOVE_OLD_AWAY quarantine/clean",
            "MOVE_NEW_IN quarantine/clean",
            "MOVE_OLD_AWAY profile/clean",
            "MOVE_NEW_IN profile/clean",
            "MOVE_OLD_AWAY clean",
            "MOVE_NEW_IN clean",
            "DELETE_TRASH",
            "DELETE_STAGING"),
        steps);
  }

  @Test
  void shouldPublishDataSetsWithoutFiles() throws IOException {
    Staging staging = committer.begin("run-1", CLEAN, DATE);
    List<Manifest> manifests = new ArrayList<>();
    for (String dataSet : CLEAN.dataSets()) {
      manifests.add(StagedWork.manifest("run-1", dataSet, DATE, List.of()));
    }
    committer.publish(staging, manifests);
    assertEquals(List.of(), warehouse.open("clean", DATE).paths());
    assertEquals(List.of(), warehouse.open("quarantine/clean", DATE).paths());
  }

  @Test
  void shouldRefuseFilesThatAreNotThoseOfTheManifest() throws IOException {
    publish("run-1", "first");
    Staging staging = committer.begin("run-2", CLEAN, DATE);
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
    Staging staging = committer.begin("run-1", CLEAN, DATE);
    Manifest foreign =
        StagedWork.manifest("run-0", "clean", DATE, List.of(new DataFile("a", 1, 1, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> committer.publish(staging, List.of(foreign)));
  }

  @Test
  void shouldLeaveNothingOfWorkThatIsGivenUp() throws IOException {
    publish("run-1", "first");
    Staging staging = committer.begin("run-2", CLEAN, DATE);
    StagedWork.fill(warehouse, staging, "second");
    committer.discard(staging);
    assertEquals("first", text("clean"));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldKeepTheQuarantineOfAStageThatIsGivenUp() throws IOException {
    Staging staging = committer.begin("run-1", CLEAN, DATE);
    StagedWork.fill(warehouse, staging, "bad records");
    Path kept = committer.keepQuarantine(staging, "quarantine/clean");
    committer.discard(staging);
    assertEquals(new Path(warehouse.root(), "_runs/run-1/quarantine/clean/dt=2026-11-01"), kept);
    assertTrue(warehouse.fileSystem().exists(new Path(kept, "part-r-00000.avro")));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldWorkOnSeveralStagesSideBySide() throws IOException {
    Staging card = committer.begin("run-1", StageId.partials("card"), DATE);
    Staging terminal = committer.begin("run-1", StageId.partials("terminal"), DATE);
    committer.publish(card, StagedWork.fill(warehouse, card, "card"));
    committer.publish(terminal, StagedWork.fill(warehouse, terminal, "terminal"));
    assertEquals("card", text("partials/card"));
    assertEquals("terminal", text("partials/terminal"));
    assertNoWorkIsLeft();
  }

  @Test
  void shouldTellWhetherARunHadDied() throws IOException {
    committer.begin("run-1", CLEAN, DATE);
    assertFalse(committer.recover(CLEAN, DATE.plusDays(1)));
    assertTrue(committer.recover(CLEAN, DATE));
    assertFalse(committer.recover(CLEAN, DATE));
    assertNoWorkIsLeft();
  }

  private void publish(String run, String text) throws IOException {
    StagedWork.publish(warehouse, committer, run, CLEAN, DATE, text);
  }

  private String text(String dataSet) throws IOException {
    Path path = warehouse.open(dataSet, DATE).paths().get(0);
    return Files.readString(java.nio.file.Path.of(path.toUri()));
  }

  private void assertNoWorkIsLeft() throws IOException {
    for (String name : List.of("_staging", "_trash")) {
      assertEquals(
          0, warehouse.fileSystem().listStatus(new Path(warehouse.root(), name)).length, name);
    }
  }
}
