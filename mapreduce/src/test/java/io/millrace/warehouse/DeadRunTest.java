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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills runs, and those that settle what they left, before every step. */
class DeadRunTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId STAGE = StageId.score();
  private static final Unit UNIT = new Unit(STAGE, DATE);
  private static final String OLD = "old";
  private static final String NEW = "new";

  @TempDir java.nio.file.Path folder;
  private int warehouses;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldFinishOrUndoACommitThatDied(boolean hasOld) throws IOException {
    for (int step = 0; step < steps(hasOld).size(); step++) {
      Warehouse warehouse = warehouse(hasOld);
      killRun(warehouse, step);
      assertNoPartIsSeen(warehouse);
      StagedWork.settle(warehouse, STAGE);
      assertIsWhole(warehouse, hasOld);
      assertCanRunAgain(warehouse);
    }
  }

  @Test
  void shouldFindNothingWhereARunDiedBetweenItsRenames() throws IOException {
    Warehouse warehouse = warehouse(true);
    String main = STAGE.dataSets().get(STAGE.dataSets().size() - 1);
    killRun(warehouse, steps(true).indexOf(new CommitStep(CommitStep.Action.MOVE_NEW_IN, main)));
    assertEquals(Optional.empty(), warehouse.manifest(main, DATE));
    StagedWork.settle(warehouse, STAGE);
    assertEquals(Set.of("run-old"), runs(warehouse));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRecoverFromARecoveryThatDied(boolean hasOld) throws IOException {
    int kills = 0;
    List<CommitStep> steps = steps(hasOld);
    int first = steps.indexOf(new CommitStep(CommitStep.Action.MAKE_REPLACED, ""));
    for (int step = first; step < steps.size(); step++) {
      boolean died = true;
      for (int recoveryStep = 0; died; recoveryStep++) {
        Warehouse warehouse = warehouse(hasOld);
        killRun(warehouse, step);
        died = killSettling(warehouse, "run-2", recoveryStep);
        assertNoPartIsSeen(warehouse);
        StagedWork.settle(warehouse, STAGE);
        assertIsWhole(warehouse, hasOld);
        kills += died ? 1 : 0;
      }
    }
    assertTrue(kills > 60, "killed " + kills);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldRecoverFromAnyNumberOfDeaths(long seed) throws IOException {
    Random random = new Random(seed);
    for (int chain = 0; chain < 12; chain++) {
      boolean hasOld = random.nextBoolean();
      Warehouse warehouse = warehouse(hasOld);
      for (int death = 0; death < 6; death++) {
        int step = random.nextInt(25);
        String run = "run-" + death;
        if (random.nextBoolean()) {
          killSettling(warehouse, run, step);
        } else {
          dies(() -> StagedWork.publish(warehouse, run, UNIT, NEW, new Killer(step)));
        }
        assertNoPartIsSeen(warehouse);
      }
      StagedWork.settle(warehouse, STAGE);
      assertNoWorkIsLeft(warehouse);
      assertTrue(runs(warehouse).size() <= 1, () -> "seed " + seed);
      assertTrue(!hasOld || !runs(warehouse).isEmpty(), () -> "lost, seed " + seed);
      assertEquals(
          runs(warehouse).isEmpty() ? 0 : STAGE.dataSets().size(), contents(warehouse).size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldStopASleeperThatWakes(boolean hasOld) throws IOException {
    List<CommitStep> steps = steps(hasOld);
    for (int step = 0; step < steps.size(); step++) {
      Warehouse warehouse = warehouse(hasOld);
      AtStep sleep =
          new AtStep(step, () -> StagedWork.publish(warehouse, "run-taker", UNIT, "taken"));
      CommitStep at = steps.get(step);
      switch (fate(at)) {
        case LOSES -> {
          assertThrows(
              LeaseLostException.class,
              () -> StagedWork.publish(warehouse, "run-sleeper", UNIT, NEW, sleep),
              at::toString);
          assertEquals(Set.of("run-taker"), runs(warehouse), at::toString);
        }
        case HAD_PUBLISHED -> {
          StagedWork.publish(warehouse, "run-sleeper", UNIT, NEW, sleep);
          assertEquals(Set.of("run-taker"), runs(warehouse), at::toString);
        }
        case COMES_LATER -> {
          StagedWork.publish(warehouse, "run-sleeper", UNIT, NEW, sleep);
          assertEquals(Set.of("run-sleeper"), runs(warehouse), at::toString);
        }
      }
      assertNoPartIsSeen(warehouse);
      assertNoWorkIsLeft(warehouse);
    }
  }

  /** A job that a sleeper submits when it wakes makes folders as it needs them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldStopASleeperWhoseJobMakesItsFoldersAgain(boolean hasOld) throws IOException {
    Warehouse warehouse = warehouse(hasOld);
    Committer sleeper = StagedWork.onlyLiving(warehouse, "run-sleeper", next -> {});
    Staging staging = StagedWork.begin(sleeper, UNIT);
    StagedWork.settle(warehouse, STAGE);
    assertNoWorkIsLeft(warehouse);
    List<Manifest> manifests = StagedWork.fill(warehouse, staging, NEW);
    assertThrows(LeaseLostException.class, () -> sleeper.publish(staging, manifests));
    assertIsWhole(contents(warehouse), hasOld);
    StagedWork.settle(warehouse, STAGE);
    assertNoWorkIsLeft(warehouse);
  }

  /** Whoever settles what a dead run has left can sleep, and be taken for dead, itself. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldStopASettlerThatSleeps(boolean hasOld) throws IOException {
    List<CommitStep> steps = steps(hasOld);
    for (int killed = 0; killed < steps.size(); killed++) {
      boolean slept = steps.get(killed).action() == CommitStep.Action.MOVE_NEW_IN;
      for (int step = 0; slept; step++) {
        Warehouse warehouse = warehouse(hasOld);
        killRun(warehouse, killed);
        AtStep sleep =
            new AtStep(step, () -> StagedWork.publish(warehouse, "run-taker", UNIT, "taken"));
        try {
          StagedWork.publish(warehouse, "run-sleeper", UNIT, NEW, sleep);
        } catch (LeaseLostException e) {
          assertEquals(Set.of("run-taker"), runs(warehouse));
        }
        slept = sleep.happened();
        assertEquals(1, runs(warehouse).size());
        assertNoPartIsSeen(warehouse);
        assertNoWorkIsLeft(warehouse);
      }
    }
  }

  private enum Fate {
    COMES_LATER,
    LOSES,
    HAD_PUBLISHED
  }

  /** What becomes of a run that sleeps before a step while another does all of its work. */
  private static Fate fate(CommitStep step) {
    return switch (step.action()) {
      case MAKE_STAGING, WRITE_HOLDER, MAKE_LEASES, TAKE, ENTER -> Fate.COMES_LATER;
      case MAKE_PLACES, FENCE, WRITE_MANIFEST, MAKE_REPLACED, MOVE_OLD_AWAY, MOVE_NEW_IN ->
          Fate.LOSES;
      case DELETE_STAGING, RELEASE, DELETE_EMPTY_LEASE -> Fate.HAD_PUBLISHED;
      case WRITE_CLAIM, TAKE_OVER, TAKE_STAGING, MOVE_NEW_BACK, MOVE_OLD_BACK, DELETE_TAKEN ->
          throw new AssertionError("nothing is left here: " + step);
    };
  }

  private interface Action {
    void run() throws IOException;
  }

  /** No exception: nobody may handle it, as nobody handles the death of his process. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Does something before one step, counted from 0. */
  private static class AtStep implements CommitStep.Listener {
    private final int step;
    private final Action action;
    private int seen;

    boolean happened() {
      return seen > step;
    }

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
      StagedWork.publish(warehouse, "run-old", UNIT, OLD);
    }
    return warehouse;
  }

  /** All steps of a run, from the lease that it takes to that which it gives up. */
  private List<CommitStep> steps(boolean hasOld) throws IOException {
    List<CommitStep> steps = new ArrayList<>();
    StagedWork.publish(warehouse(hasOld), "run-new", UNIT, NEW, steps::add);
    return steps;
  }

  private static void killRun(Warehouse warehouse, int step) throws IOException {
    assertTrue(
        dies(() -> StagedWork.publish(warehouse, "run-killed", UNIT, NEW, new Killer(step))));
  }

  /** Kills one that settles, unless it is done before that step. */
  private static boolean killSettling(Warehouse warehouse, String run, int step)
      throws IOException {
    try (Committer killed = StagedWork.onlyLiving(warehouse, run, new Killer(step))) {
      return dies(() -> killed.settleLeftovers(List.of(STAGE)));
    }
  }

  /** Each partition is that of one run as a whole, or not there. */
  private static void assertNoPartIsSeen(Warehouse warehouse) throws IOException {
    for (String dataSet : STAGE.dataSets()) {
      // at this instant: a reader would wait for the dead, which no step takes part in
      String expected = warehouse.standing(dataSet, DATE).map(DeadRunTest::text).orElse("nothing");
      assertEquals(expected, contents(warehouse).getOrDefault(dataSet, "nothing"));
    }
  }

  private static String text(Manifest manifest) {
    return switch (manifest.run()) {
      case "run-old" -> OLD;
      case "run-taker" -> "taken";
      default -> NEW;
    };
  }

  /** All data sets come from the same run, and none where there was none. */
  private static void assertIsWhole(Warehouse warehouse, boolean hasOld) throws IOException {
    assertIsWhole(contents(warehouse), hasOld);
    assertTrue(runs(warehouse).size() <= 1);
    assertNoWorkIsLeft(warehouse);
  }

  private static void assertIsWhole(Map<String, String> contents, boolean hasOld) {
    boolean isOld = contents.values().stream().allMatch(OLD::equals) && contents.size() == 2;
    boolean isNew = contents.values().stream().allMatch(NEW::equals) && contents.size() == 2;
    boolean isNothing = contents.isEmpty();
    assertTrue(isNew || (hasOld ? isOld : isNothing), contents::toString);
  }

  private static void assertCanRunAgain(Warehouse warehouse) throws IOException {
    StagedWork.publish(warehouse, "run-next", UNIT, NEW);
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
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }
}
