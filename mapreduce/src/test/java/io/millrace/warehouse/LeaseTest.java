package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a lease, and when, by a clock that tests turn. */
class LeaseTest {
  private static final Unit UNIT = new Unit(StageId.score(), LocalDate.of(2026, 11, 1));
  private static final LeaseTiming TIMING =
      new LeaseTiming(Duration.ofSeconds(5), Duration.ofSeconds(60));
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir java.nio.file.Path folder;
  private final List<Committer> committers = new ArrayList<>();
  private final List<LeaseHolder> waitedFor = new ArrayList<>();
  private final Set<RunningProcess> ended = new HashSet<>();
  private Warehouse warehouse;
  private long nanoTime;
  private Runnable whileSleeping = () -> {};

  @BeforeEach
  void makeWarehouse() throws IOException {
    warehouse = new Warehouse(new Path(folder.resolve("wh").toUri()), QuickLocalFs.configuration());
  }

  @AfterEach
  void close() {
    committers.forEach(Committer::close);
  }

  @Test
  void shouldWaitUntilTheLeaseIsGivenUp() throws IOException, InterruptedException {
    Committer first = committer("run-1", 1);
    Staging held = first.begin(UNIT, Duration.ZERO, waitedFor::add);
    whileSleeping =
        () -> {
          first.beat();
          if (seconds() > 200) {
            discard(first, held);
          }
        };
    Staging taken = committer("run-2", 2).begin(UNIT, LONG, waitedFor::add);
    assertTrue(seconds() > 200 && seconds() < 210, "after " + seconds());
    assertEquals(List.of("run-1"), waitedFor.stream().map(LeaseHolder::run).toList());
    assertFalse(taken.isLost());
  }

  @Test
  void shouldSayWhomItHasWaitedFor() throws IOException, InterruptedException {
    Committer first = committer("run-1", 4711);
    first.begin(UNIT, Duration.ZERO, waitedFor::add);
    whileSleeping = first::beat;
    LeaseHeldException error =
        assertThrows(
            LeaseHeldException.class,
            () -> committer("run-2", 2).begin(UNIT, Duration.ofSeconds(90), waitedFor::add));
    assertEquals(90, seconds());
    assertEquals("4711", error.holder().process());
    assertEquals(
        "Cannot work on score/dt=2026-11-01: run run-1 (host %s, process 4711, since 1970-01-01T00:00:00Z) works on it, and has not ended within 1m30s. Run the same command again later, or wait longer with --wait. Should that process have died, a run that waits for more than 60 s takes its lease over."
            .formatted(error.holder().host()),
        error.getMessage());
    assertEquals(
        List.of("run-1"),
        List.copyOf(
            new Leases(warehouse)
                .holders(List.of(UNIT.stage())).stream().map(LeaseHolder::run).toList()));
  }

  @Test
  void shouldLeaveNothingOfARunThatOnlyWaited() throws IOException, InterruptedException {
    Committer first = committer("run-1", 1);
    Staging held = first.begin(UNIT, Duration.ZERO, waitedFor::add);
    assertThrows(
        LeaseHeldException.class,
        () -> committer("run-2", 2).begin(UNIT, Duration.ZERO, waitedFor::add));
    first.discard(held);
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }

  @Test
  void shouldTakeOverAtOnceFromAProcessThatHasEnded() throws IOException, InterruptedException {
    committer("run-1", 1).begin(UNIT, Duration.ZERO, waitedFor::add);
    ended.add(process(1));
    committer("run-2", 2).begin(UNIT, Duration.ZERO, waitedFor::add);
    assertEquals(0, seconds());
    assertEquals("run-2", holder().run());
    assertEquals("2", holder().process());
  }

  @Test
  void shouldTakeOverFromARunThatHasBeenSilent() throws IOException, InterruptedException {
    Committer silent = committer("run-1", 1);
    Staging lost = silent.begin(UNIT, Duration.ZERO, waitedFor::add);
    whileSleeping =
        () -> {
          if (seconds() < 30) {
            silent.beat();
          }
        };
    committer("run-2", 2).begin(UNIT, LONG, waitedFor::add);
    // silent since the 29th second or so, for 60
    assertTrue(seconds() >= 88 && seconds() <= 92, "after " + seconds());
    silent.beat();
    assertTrue(lost.isLost());
    assertThrows(LeaseLostException.class, lost::requireHeld);
  }

  @Test
  void shouldNotTouchTheLeaseOfItsNewHolder() throws IOException, InterruptedException {
    Committer silent = committer("run-1", 1);
    Staging lost = silent.begin(UNIT, Duration.ZERO, waitedFor::add);
    Committer taker = committer("run-2", 2);
    Staging taken = taker.begin(UNIT, LONG, waitedFor::add);
    // it has not noticed
    silent.discard(lost);
    assertEquals("run-2", holder().run());
    taker.beat();
    assertFalse(taken.isLost());
    taker.publish(taken, StagedWork.fill(warehouse, taken, "taken"));
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }

  @Test
  void shouldGiveSignsThatDifferEvenIfTheClockStands() throws IOException, InterruptedException {
    Committer first = committer("run-1", 1);
    first.begin(UNIT, Duration.ZERO, waitedFor::add);
    Set<Instant> signs = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      first.beat();
      signs.add(holder().lastSign().orElseThrow());
    }
    assertEquals(5, signs.size());
  }

  @Test
  void shouldTakeBackWhatItCouldNotGiveUp() throws IOException, InterruptedException {
    Committer first = committer("run-1", 1);
    Staging staging = first.begin(UNIT, Duration.ZERO, waitedFor::add);
    // as if all calls had failed that were to undo a commit
    warehouse.fileSystem().mkdirs(new Path(staging.commit().path(), "released/is in the way"));
    Path lease = new LeaseFiles(warehouse, new WarehouseFiles(warehouse)).folder(UNIT, "run-1");
    assertTrue(warehouse.fileSystem().exists(lease));
    first.close();
    Committer again = committer("run-1", 1);
    Staging second = again.begin(UNIT, Duration.ZERO, waitedFor::add);
    again.publish(second, StagedWork.fill(warehouse, second, "second"));
    assertEquals("run-1", warehouse.open("scores", UNIT.date()).manifest().run());
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }

  @Test
  void shouldWriteDownWhoItIs() throws IOException, InterruptedException {
    committer("run-1", 4711).begin(UNIT, Duration.ZERO, waitedFor::add);
    java.nio.file.Path file = folder.resolve("wh/_leases/score/dt=2026-11-01/run-1/run-1.json");
    assertEquals(
        """
        {
          "run" : "run-1",
          "host" : "%s",
          "process" : {
            "machine" : "machine",
            "pid" : 4711,
            "started" : 0
          },
          "command" : "run",
          "since" : "1970-01-01T00:00:00Z"
        }"""
            .formatted(holder().host()),
        Files.readString(file));
  }

  @Test
  void shouldListWhoIsAtWork() throws IOException, InterruptedException {
    Unit partials = new Unit(StageId.partials("card"), UNIT.date());
    committer("run-1", 1).begin(UNIT, Duration.ZERO, waitedFor::add);
    committer("run-2", 2).begin(partials, Duration.ZERO, waitedFor::add);
    ended.add(process(2));
    List<LeaseHolder> holders =
        new Leases(warehouse, ended::contains)
            .holders(List.of(StageId.clean(), partials.stage(), UNIT.stage()));
    assertEquals(
        List.of("partials/card run-2 true", "score run-1 false"),
        holders.stream()
            .map(holder -> holder.stage() + " " + holder.run() + " " + holder.gone())
            .toList());
    assertEquals(UNIT.date(), holders.get(0).date());
  }

  @Test
  void shouldLeaveLivingRunsAloneWhenItSettles() throws IOException, InterruptedException {
    Committer living = committer("run-1", 1);
    Staging staging = living.begin(UNIT, Duration.ZERO, waitedFor::add);
    committer("run-2", 2).settleLeftovers(List.of(UNIT.stage()));
    assertEquals("run-1", holder().run());
    living.publish(staging, StagedWork.fill(warehouse, staging, "first"));
    assertEquals(0, seconds());
  }

  @Test
  void shouldEndWhatDeadRunsHaveStillRunning() throws IOException, InterruptedException {
    committer("run-1", 1).begin(UNIT, Duration.ZERO, waitedFor::add);
    ended.add(process(1));
    List<String> orphans = new ArrayList<>();
    Committer next =
        new Committer(
            warehouse,
            "run-2",
            "run",
            environment(2).withOrphans((run, unit) -> orphans.add(run + " " + unit)));
    committers.add(next);
    next.begin(UNIT, Duration.ZERO, waitedFor::add);
    assertEquals(List.of("run-1 score/dt=2026-11-01"), orphans);
  }

  private LeaseHolder holder() throws IOException {
    return new Leases(warehouse).holders(List.of(UNIT.stage())).get(0);
  }

  private Committer committer(String run, long pid) throws IOException {
    Committer committer = new Committer(warehouse, run, "run", environment(pid));
    committers.add(committer);
    return committer;
  }

  private RunEnvironment environment(long pid) {
    return RunEnvironment.of(TIMING)
        .withTicker(new TestTicker())
        .withProcesses(process(pid), ended::contains);
  }

  private static RunningProcess process(long pid) {
    return new RunningProcess("machine", pid, 0);
  }

  private static void discard(Committer committer, Staging staging) {
    try {
      committer.discard(staging);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long seconds() {
    return Duration.ofNanos(nanoTime).toSeconds();
  }

  /** Goes on as somebody sleeps; its clock stands. */
  private final class TestTicker implements Ticker {
    @Override
    public long nanoTime() {
      return nanoTime;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public void sleep(Duration duration) {
      nanoTime += duration.toNanos();
      whileSleeping.run();
    }
  }
}
