package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageId;
import io.millrace.warehouse.Committer;
import io.millrace.warehouse.LeaseTiming;
import io.millrace.warehouse.RunEnvironment;
import io.millrace.warehouse.RunningProcess;
import io.millrace.warehouse.Unit;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that meet other runs, living and dead ones. */
class LeasedRunTest {
  private static final String DATE = "2026-03-01";
  private static final Unit PARTIALS = new Unit(StageId.partials("card"), LocalDate.parse(DATE));

  @TempDir Path home;
  private PipelineFolder pipeline;

  @BeforeEach
  void land() throws IOException {
    pipeline =
        new PipelineFolder(home)
            .fields("card string", "ts timestamp-millis")
            .spec(
                """
                pipeline: leased
                warehouse: "${warehouse}"
                timezone: UTC
                source: {path: "${landing}/${date}", schema: row.avsc, event_time: ts, from: 2026-03-01}
                features:
                  card: {entity: card, windows: [1d], aggregates: {n: COUNT(*)}}
                """)
            .land(DATE, "card,ts", "x,2026-03-01 10:00:00", "x,2026-03-01 11:00:00");
  }

  @Test
  void shouldSayWhoIsAtWorkAndWhatToDo() throws IOException, InterruptedException {
    try (Committer other = other(RunningProcess.current())) {
      other.begin(PARTIALS, Duration.ZERO, holder -> {});
      CommandResult run =
          pipeline.millrace("run", "--date", DATE, "--wait", "0s").expect(ExitCode.LEASED);
      assertTrue(
          run.lastLineOfErr()
              .matches(
                  "Cannot work on partials/card/dt=2026-03-01: run another \\(host .+, process %d, since .+Z\\) works on it, and nobody waited for it\\. Run the same command again later, or wait longer with --wait\\..*"
                      .formatted(ProcessHandle.current().pid())),
          run::lastLineOfErr);
    }
    assertEquals(1, pipeline.records("clean", DATE).size() / 2, "what it had made stays");
  }

  @Test
  void shouldTakeOverFromARunWhoseProcessHasEnded() throws IOException, InterruptedException {
    RunningProcess current = RunningProcess.current();
    RunningProcess ended =
        new RunningProcess(current.machine(), current.pid(), current.started() - 1);
    try (Committer other = other(ended)) {
      other.begin(PARTIALS, Duration.ZERO, holder -> {});
    }
    pipeline.run(DATE, DATE);
    assertEquals(List.of("2"), pipeline.values("features/card", DATE, "card_n_1d"));
    assertNothingIsLeft();
  }

  @Test
  void shouldSettleWhatADeadRunHasLeftThoughAllIsUpToDate()
      throws IOException, InterruptedException {
    pipeline.run(DATE, DATE);
    RunningProcess current = RunningProcess.current();
    RunningProcess ended =
        new RunningProcess(current.machine(), current.pid(), current.started() - 1);
    try (Committer other = other(ended)) {
      other.begin(PARTIALS, Duration.ZERO, holder -> {});
    }
    CommandResult run = pipeline.run(DATE, DATE);
    assertTrue(run.out().startsWith("Up to date"), run::out);
    assertNothingIsLeft();
  }

  @Test
  void shouldShareTheWorkWithARunOfTheSameDay() throws IOException {
    CompletableFuture<CommandResult> other =
        CompletableFuture.supplyAsync(() -> pipeline.run(DATE, DATE));
    CommandResult one = pipeline.run(DATE, DATE);
    String both = one.err() + other.join().err();
    assertEquals(List.of("2"), pipeline.values("features/card", DATE, "card_n_1d"));
    // each stage was made by one of them, and found by the other or up to date from the start
    long made = both.lines().filter(line -> line.matches("\\[.*  \\d+\\.\\d s")).count();
    assertEquals(3, made, both);
    assertNothingIsLeft();
  }

  @Test
  void shouldRefuseTimesThatMakeNoSense() {
    String last =
        pipeline
            .millrace("run", "--date", DATE, "-D", "millrace.lease.dead-after=7s")
            .expect(ExitCode.USAGE)
            .lastLineOfErr();
    assertTrue(last.contains("millrace.lease.dead-after must be at least 3 times"), last);
  }

  private Committer other(RunningProcess process) throws IOException {
    Configuration configuration = new Configuration();
    Warehouse warehouse =
        new Warehouse(
            new org.apache.hadoop.fs.Path(home.resolve("warehouse").toUri()), configuration);
    return new Committer(
        warehouse,
        "another",
        "run by a test",
        RunEnvironment.of(LeaseTiming.of(configuration)).withProcesses(process, any -> false));
  }

  private void assertNothingIsLeft() throws IOException {
    List<String> left = new ArrayList<>();
    for (String name : List.of("_staging", "_leases")) {
      try (Stream<Path> paths = Files.list(home.resolve("warehouse").resolve(name))) {
        paths.forEach(path -> left.add(path.toString()));
      }
    }
    assertEquals(List.of(), left);
  }
}
