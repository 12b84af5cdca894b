package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills commits, and what recovers them, before every step. */
class DeadRunTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId STAGE = StageId.score();
  private static final String OLD = "old";
  private static final String NEW = "new";

  @TempDir java.nio.file.Path folder;
  private int warehouses;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldFinishOrUndoACommitThatDied(boolean hasOld) throws IOException {
    for (int step = 0; step < publishSteps(hasOld); step++) {
      Warehouse warehouse = warehouse(hasOld);
      killPublish(warehouse, step);
      assertNoPartIsSeen(warehouse);
      new Committer(warehouse).recover(STAGE, DATE);
      assertIsWhole(warehouse, hasOld);
      assertCanRunAgain(warehouse);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRecoverFromARecoveryThatDied(boolean hasOld) throws IOException {
    int kills = 0;
    for (int step = 0; step < publishSteps(hasOld); step++) {
      for (int recoveryStep = 0; recoveryStep == 0 || kills > 0; recoveryStep++) {
        Warehouse warehouse = warehouse(hasOld);
        killPublish(warehouse, step);
        Killer killer = new Killer(recoveryStep);
        Committer killed = new Committer(warehouse, killer);
        boolean died = dies(() -> killed.recover(STAGE, DATE));
        assertNoPartIsSeen(warehouse);
        new Committer(warehouse).recover(STAGE, DATE);
        assertIsWhole(warehouse, hasOld);
        assertCanRunAgain(warehouse);
        if (!died) {
          break;
        }
        kills++;
      }
    }
    assertTrue(kills > 30, "killed " + kills);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldStopASleeperThatWakes(boolean hasOld) throws IOException {
    int steps = publishSteps(hasOld);
    for (int step = 0; step < steps; step++) {
      Warehouse warehouse = warehouse(hasOld);
      CommitStep.Listener sleep =
          new AtStep(
              step,
              () ->
                  StagedWork.publish(
                      warehouse, new Committer(warehouse), "run-taker", STAGE, DATE, "taken"));
      Committer sleeper = new Committer(warehouse, sleep);
      Staging staging = sleeper.begin("run-sleeper", STAGE, DATE);
      List<Manifest> manifests = StagedWork.fill(warehouse, staging, NEW);
      boolean wasPublished = step >= steps - 2;
      if (wasPublished) {
        sleeper.publish(staging, manifests);
      } else {
        IOException error =
            assertThrows(IOException.class, () -> sleeper.publish(staging, manifests));
        assertEquals(
            "Cannot publish score/dt=2026-11-01: another run has taken it over",
            error.getMessage());
      }
      assertEquals(Set.of("run-taker"), runs(warehouse));
      assertEquals(Set.of("taken"), new HashSet<>(contents(warehouse).values()));
      assertNoWorkIsLeft(warehouse);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRecoverFromItsOwnEarlierTry(boolean hasOld) throws IOException {
    for (int step = 0; step < publishSteps(hasOld); step++) {
      Warehouse warehouse = warehouse(hasOld);
      killPublish(warehouse, step);
      StagedWork.publish(warehouse, new Committer(warehouse), "run-killed", STAGE, DATE, "again");
      assertEquals(Set.of("again"), new HashSet<>(contents(warehouse).values()));
      assertNoWorkIsLeft(warehouse);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Does something before one step, counted from 0. */
  private static class AtStep implements CommitStep.Listener {
    private final int step;
    private final Action action;
    private int seen;

    AtStep(int step, Action action) {
      this.step = step;
      this.action = action;
    }

    @Override
    public void before(CommitStep next) {
      if (seen++ == step) {
        try {
          action.run();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private static final class Killer extends AtStep {
    Killer(int step) {
      super(
          step,
          () -> {
            throw new Killed();
          });
    }
  }

  private static boolean dies(Action action) throws IOException {
    try {
      action.run();
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  private Warehouse warehouse(boolean hasOld) throws IOException {
    java.nio.file.Path root = folder.resolve("warehouse " + ++warehouses);
    Warehouse warehouse = new Warehouse(new Path(root.toUri()), QuickLocalFs.configuration());
    if (hasOld) {
      StagedWork.publish(warehouse, new Committer(warehouse), "run-old", STAGE, DATE, OLD);
    }
    return warehouse;
  }

  private int publishSteps(boolean hasOld) throws IOException {
    List<CommitStep> steps = new ArrayList<>();
    Warehouse warehouse = warehouse(hasOld);
    StagedWork.publish(
        warehouse, new Committer(warehouse, steps::add), "run-new", STAGE, DATE, NEW);
    return steps.size();
  }

  private static void killPublish(Warehouse warehouse, int step) throws IOException {
    Committer committer = new Committer(warehouse, new Killer(step));
    assertTrue(
        dies(() -> StagedWork.publish(warehouse, committer, "run-killed", STAGE, DATE, NEW)));
  }

  /** Each partition is that of one run as a whole, or not there. */
  private static void assertNoPartIsSeen(Warehouse warehouse) throws IOException {
    for (String dataSet : STAGE.dataSets()) {
      Optional<Manifest> manifest = warehouse.manifest(dataSet, DATE);
      String expected = manifest.map(m -> m.run().equals("run-old") ? OLD : NEW).orElse("nothing");
      assertEquals(expected, contents(warehouse).getOrDefault(dataSet, "nothing"));
    }
  }

  /** All data sets come from the same run, and none where there was none. */
  private static void assertIsWhole(Warehouse warehouse, boolean hasOld) throws IOException {
    Map<String, String> contents = contents(warehouse);
    boolean isOld = contents.values().stream().allMatch(OLD::equals) && contents.size() == 2;
    boolean isNew = contents.values().stream().allMatch(NEW::equals) && contents.size() == 2;
    boolean isNothing = contents.isEmpty();
    assertTrue(isNew || (hasOld ? isOld : isNothing), contents::toString);
    assertTrue(runs(warehouse).size() <= 1);
    assertNoWorkIsLeft(warehouse);
  }

  private static void assertCanRunAgain(Warehouse warehouse) throws IOException {
    StagedWork.publish(warehouse, new Committer(warehouse), "run-next", STAGE, DATE, NEW);
    assertEquals(Map.of("quarantine/score", NEW, "scores", NEW), contents(warehouse));
    assertEquals(Set.of("run-next"), runs(warehouse));
    assertNoWorkIsLeft(warehouse);
  }

  private static Set<String> runs(Warehouse warehouse) throws IOException {
    Set<String> runs = new HashSet<>();
    for (String dataSet : STAGE.dataSets()) {
      warehouse.manifest(dataSet, DATE).map(Manifest::run).ifPresent(runs::add);
    }
    return runs;
  }

  /** What the data files of each data set hold, by data set. */
  private static Map<String, String> contents(Warehouse warehouse) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (String dataSet : STAGE.dataSets()) {
      java.nio.file.Path place =
          java.nio.file.Path.of(warehouse.partitionPath(dataSet, DATE).toUri());
      if (Files.exists(place)) {
        try (Stream<java.nio.file.Path> files = Files.list(place)) {
          for (java.nio.file.Path file : files.toList()) {
            if (file.getFileName().toString().startsWith("part-")) {
              contents.merge(dataSet, Files.readString(file), String::concat);
            }
          }
        }
      }
    }
    return contents;
  }

  private static void assertNoWorkIsLeft(Warehouse warehouse) throws IOException {
    for (String name : List.of("_staging", "_trash")) {
      java.nio.file.Path work = java.nio.file.Path.of(new Path(warehouse.root(), name).toUri());
      try (Stream<java.nio.file.Path> left = Files.walk(work)) {
        assertEquals(List.of(work), left.toList());
      }
    }
  }
}
