package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at once, in threads, and one who reads all the time. */
class RivalRunsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId STAGE = StageId.clean();
  private static final Unit UNIT = new Unit(STAGE, DATE);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int RIVALS = 3;
  private static final int ROUNDS = 12;

  @TempDir java.nio.file.Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(RIVALS + 1);
  private final Set<RunningProcess> ended = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private Warehouse warehouse;

  @BeforeEach
  void makeWarehouse() throws IOException {
    warehouse = new Warehouse(new Path(folder.resolve("wh").toUri()), QuickLocalFs.configuration());
    StagedWork.publish(warehouse, "run-old", UNIT, "run-old");
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void shouldWorkOneAfterTheOther() throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger published = new AtomicInteger();
    race(
        (rival, round) -> {
          String run = "run-%d-%d".formatted(rival, round);
          try (Committer committer = committer(run, step -> {})) {
            Staging staging = committer.begin(UNIT, PATIENCE, holder -> {});
            assertEquals(1, atWork.incrementAndGet(), "at once");
            List<Manifest> manifests = StagedWork.fill(warehouse, staging, run);
            assertEquals(0, atWork.decrementAndGet());
            committer.publish(staging, manifests);
            published.incrementAndGet();
          }
        });
    assertEquals(RIVALS * ROUNDS, published.get());
    assertIsWhole();
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }

  @Test
  void shouldTakeOverFromEachOtherAsTheyDie() throws Exception {
    race(
        (rival, round) -> {
          String run = "run-%d-%d".formatted(rival, round);
          RunningProcess process = process(run);
          AtomicInteger left = new AtomicInteger(new Random(31L * rival + round).nextInt(30));
          CommitStep.Listener killer =
              step -> {
                if (left.getAndDecrement() == 0) {
                  throw new Killed();
                }
              };
          try (Committer committer = committer(run, killer)) {
            Staging staging = committer.begin(UNIT, PATIENCE, holder -> {});
            committer.publish(staging, StagedWork.fill(warehouse, staging, run));
          } catch (Killed e) {
            ended.add(process);
          }
        });
    StagedWork.settle(warehouse, STAGE);
    assertIsWhole();
    assertEquals(List.of(), StagedWork.leftovers(warehouse));
  }

  private interface Rival {
    void run(int rival, int round) throws Exception;
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void race(Rival rival) throws InterruptedException, ExecutionException {
    Future<Integer> reader = threads.submit(this::readAllTheTime);
    List<Callable<Void>> rivals = new ArrayList<>();
    for (int i = 0; i < RIVALS; i++) {
      int number = i;
      rivals.add(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              rival.run(number, round);
            }
            return null;
          });
    }
    List<Future<Void>> done = threads.invokeAll(rivals);
    isOver.set(true);
    for (Future<Void> each : done) {
      each.get();
    }
    assertTrue(reader.get() > 0);
  }

  /** Whoever opens a partition finds the files of the run that its manifest names. */
  private int readAllTheTime() throws IOException {
    int read = 0;
    while (!isOver.get()) {
      for (String dataSet : STAGE.dataSets()) {
        Optional<Manifest> manifest = warehouse.manifest(dataSet, DATE);
        if (isOver.get()) {
          // nobody is left to put back what the last one to die may have moved away
          return read;
        }
        assertTrue(manifest.isPresent(), "not even for an instant, to one who looks twice");
        try {
          java.nio.file.Path place =
              java.nio.file.Path.of(warehouse.partitionPath(dataSet, DATE).toUri());
          String text = Files.readString(place.resolve("part-r-00000.avro"));
          Optional<Manifest> after = warehouse.standing(dataSet, DATE);
          if (after.map(Manifest::run).equals(manifest.map(Manifest::run))) {
            assertEquals(manifest.get().run(), text);
            read++;
          }
        } catch (java.nio.file.NoSuchFileException e) {
          // replaced meanwhile
        }
      }
    }
    return read;
  }

  private void assertIsWhole() throws IOException {
    String run = warehouse.open("clean", DATE).manifest().run();
    for (String dataSet : STAGE.dataSets()) {
      Partition partition = warehouse.open(dataSet, DATE);
      assertEquals(run, partition.manifest().run());
      assertEquals(run, Files.readString(java.nio.file.Path.of(partition.paths().get(0).toUri())));
    }
  }

  private Committer committer(String run, CommitStep.Listener listener) throws IOException {
    return new Committer(
        warehouse,
        run,
        "run",
        RunEnvironment.of(new LeaseTiming(Duration.ofSeconds(5), Duration.ofSeconds(60)))
            .withProcesses(process(run), ended::contains)
            .withListener(listener));
  }

  private static RunningProcess process(String run) {
    return new RunningProcess(run, 1, 0);
  }
}
