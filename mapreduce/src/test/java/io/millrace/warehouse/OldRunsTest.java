package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.plan.StageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final Duration KEEP = Duration.ofDays(90);
  private static final Instant OLD = NOW.minus(KEEP).minusSeconds(1);
  private static final Instant YOUNG = NOW.minus(KEEP).plusSeconds(1);

  @TempDir java.nio.file.Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void open() throws IOException {
    warehouse = new Warehouse(new Path(folder.toUri()), QuickLocalFs.configuration());
  }

  /** A run with a record and a quarantine, in which nothing has changed since. */
  private String keep(Instant begun, Instant changed) throws IOException {
    String run = OldRuns.name(begun, "0a1b2c3d");
    java.nio.file.Path runs = folder.resolve("_runs").resolve(run);
    Files.createDirectories(runs.resolve("quarantine/clean/dt=2026-08-01"));
    Files.writeString(runs.resolve("quarantine/clean/dt=2026-08-01/part-r-00000.avro"), "x");
    Files.writeString(runs.resolve("run.json"), "{}");
    Files.setLastModifiedTime(runs, FileTime.from(changed));
    return run;
  }

  private List<String> runs() throws IOException {
    try (Stream<java.nio.file.Path> runs = Files.list(folder.resolve("_runs"))) {
      return runs.map(run -> run.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldDeleteWhatIsTooOldWithItsQuarantine() throws IOException {
    String old = keep(OLD, OLD);
    String young = keep(YOUNG, YOUNG);
    assertEquals(List.of(old), new OldRuns(warehouse).delete(NOW, KEEP));
    assertEquals(List.of(young), runs());
  }

  @Test
  void shouldDeleteFitsThatNobodyHasGoneOnWith() throws IOException {
    for (Instant changed : List.of(OLD, YOUNG)) {
      java.nio.file.Path fit =
          Files.createDirectories(folder.resolve("_fits").resolve(changed.equals(OLD) ? "a" : "b"));
      Files.writeString(fit.resolve("state-000003"), "x");
      Files.setLastModifiedTime(fit, FileTime.from(changed));
    }
    new OldRuns(warehouse).deleteFits(NOW, KEEP);
    try (Stream<java.nio.file.Path> fits = Files.list(folder.resolve("_fits"))) {
      assertEquals(List.of("b"), fits.map(fit -> fit.getFileName().toString()).toList());
    }
  }

  @Test
  void shouldKeepWhatChangedLately() throws IOException {
    String run = keep(OLD.minus(KEEP), YOUNG);
    assertEquals(List.of(), new OldRuns(warehouse).delete(NOW, KEEP));
    assertEquals(List.of(run), runs());
  }

  @Test
  void shouldKeepRunsThatHaveWorkLeft() throws IOException {
    String run = keep(OLD, OLD);
    LocalDate date = LocalDate.of(2026, 8, 1);
    warehouse
        .fileSystem()
        .mkdirs(warehouse.stagingPath(HolderName.of(run, 2), StageId.clean(), date));
    assertEquals(List.of(), new OldRuns(warehouse).delete(NOW, KEEP));
    assertEquals(List.of(run), runs());
  }

  @Test
  void shouldLeaveAloneWhatIsNoRun() throws IOException {
    for (String name : List.of("notes", "2025-01-01", "20250101-x", "-")) {
      java.nio.file.Path other = Files.createDirectories(folder.resolve("_runs").resolve(name));
      Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
    }
    assertEquals(List.of(), new OldRuns(warehouse).delete(NOW, KEEP));
    assertEquals(4, runs().size());
  }

  @Test
  void shouldFindNothingInANewWarehouse() throws IOException {
    assertEquals(List.of(), new OldRuns(warehouse).delete(NOW, KEEP));
  }
}
