package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import io.millrace.warehouse.protocol.ModelRuns;
import io.millrace.warehouse.protocol.TreeFileSystem;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** The code makes the calls that the model makes, in the same order, whatever it finds. */
class ProtocolCallsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId STAGE = StageId.score();
  private static final Unit UNIT = new Unit(STAGE, DATE);
  private static final int ALL = Integer.MAX_VALUE;

  /** How many calls a run makes before it begins to publish. */
  private static final int FENCE = 5;

  private final Configuration configuration = TreeFileSystem.configuration();
  private int warehouses;

  @Test
  void shouldPublishAndReplaceAsTheModel() throws IOException {
    Pair pair = new Pair();
    pair.run("run-1", ALL);
    pair.run("run-2", ALL);
    assertEquals(List.of(), pair.leftovers());
  }

  @Test
  void shouldSettleEveryDeadRunAsTheModel() throws IOException {
    for (boolean hasOld : List.of(true, false)) {
      boolean died = true;
      for (int calls = 0; died; calls++) {
        Pair pair = new Pair(hasOld);
        died = pair.run("run-1", calls);
        pair.run("run-2", ALL);
        pair.run("run-3", ALL);
        assertEquals(List.of(), pair.leftovers());
      }
    }
  }

  @Test
  void shouldSettleEveryDeadSettlerAsTheModel() throws IOException {
    int deaths = 0;
    boolean died = true;
    for (int first = FENCE; died; first++) {
      boolean diedAgain = true;
      for (int second = 0; diedAgain; second++) {
        Pair pair = new Pair(true);
        died = pair.run("run-1", first);
        diedAgain = pair.run("run-2", second);
        pair.run("run-3", ALL);
        deaths += diedAgain ? 1 : 0;
        assertEquals(List.of(), pair.leftovers());
      }
    }
    assertTrue(deaths > 100, "deaths " + deaths);
  }

  @Test
  void shouldBeStoppedWhereTheModelIs() throws IOException {
    for (boolean hasOld : List.of(true, false)) {
      boolean slept = true;
      for (int calls = 0; slept; calls++) {
        Pair pair = new Pair(hasOld);
        slept = pair.sleepAfter("run-1", calls, () -> pair.run("run-2", ALL));
        pair.run("run-3", ALL);
        assertEquals(List.of(), pair.leftovers());
      }
    }
  }

  private interface Meanwhile {
    void happens() throws IOException;
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Writes down calls; at one of them, something happens. */
  private static final class Calls implements TreeFileSystem.Watcher {
    private final List<String> made = new ArrayList<>();
    private final int most;
    private final Meanwhile meanwhile;
    private boolean isOver;

    Calls(int most, Meanwhile meanwhile) {
      this.most = most;
      this.meanwhile = meanwhile;
    }

    @Override
    public void before() {
      if (made.size() == most && !isOver) {
        isOver = true;
        try {
          meanwhile.happens();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void made(String call) {
      made.add(call);
    }
  }

  /** A warehouse and the model of one, to which the same happens. */
  private final class Pair {
    private final ModelRuns model =
        new ModelRuns(STAGE.toString(), UNIT.folder(), STAGE.dataSets());
    private final Warehouse warehouse;
    private final TreeFileSystem files;

    Pair() throws IOException {
      warehouse =
          new Warehouse(
              new Path("tree://w%d-%d/".formatted(hashCode(), warehouses++)), configuration);
      files = (TreeFileSystem) warehouse.fileSystem();
    }

    Pair(boolean hasOld) throws IOException {
      this();
      if (hasOld) {
        run("run-0", ALL);
      }
    }

    /** Whether it died before it had done all. */
    boolean run(String run, int most) throws IOException {
      Calls calls =
          new Calls(
              most,
              () -> {
                throw new Killed();
              });
      boolean died = false;
      try {
        work(run, calls);
      } catch (Killed e) {
        died = true;
      }
      assertSame(run, model.run(run, most), calls.made);
      return died;
    }

    /** Whether it slept, rather than ended before that. */
    boolean sleepAfter(String run, int most, Meanwhile meanwhile) throws IOException {
      List<String> modelled = new ArrayList<>();
      Calls calls =
          new Calls(
              most,
              () -> {
                modelled.addAll(model.run(run, most));
                meanwhile.happens();
              });
      work(run, calls);
      boolean slept = calls.isOver;
      modelled.addAll(model.run(run, ALL));
      assertSame(run, modelled, calls.made);
      return slept;
    }

    private void work(String run, Calls calls) throws IOException {
      TreeFileSystem.Watcher before = files.watch(calls);
      try (Committer committer = StagedWork.onlyLiving(warehouse, run, step -> {})) {
        Staging staging = StagedWork.begin(committer, UNIT);
        files.watch(TreeFileSystem.Watcher.NONE);
        List<Manifest> manifests = StagedWork.fill(warehouse, staging, run);
        files.watch(calls);
        committer.publish(staging, manifests);
      } catch (LeaseLostException e) {
        // whoever slept has to see that
      } finally {
        files.watch(before);
      }
    }

    private void assertSame(String run, List<String> expected, List<String> calls) {
      assertEquals(String.join("\n", expected), String.join("\n", calls), run);
    }

    List<String> leftovers() throws IOException {
      return StagedWork.leftovers(warehouse);
    }
  }
}
