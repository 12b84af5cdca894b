package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What status says of runs that are at work. */
class StatusRunningTest {
  private static final String RUN = "20260101T030000000Z-0a1b2c3d";

  @TempDir Path home;
  private OrderDays orders;

  @BeforeEach
  void make() throws IOException {
    orders = OrderDays.create(home, 3);
    orders.folder().run(OrderDays.date(1), OrderDays.date(1));
  }

  private CommandResult status(String... more) {
    List<String> arguments = new ArrayList<>(List.of(orders.range(1, 3)));
    arguments.addAll(List.of(more));
    return orders
        .folder()
        .millrace("status", arguments.toArray(String[]::new))
        .expect(ExitCode.DONE);
  }

  /** A lease as another machine's run has it: nobody here can know whether that one lives. */
  private void leaseOfAnotherMachine(String stage, int day) throws IOException {
    Path folder =
        Files.createDirectories(
            home.resolve("warehouse/_leases")
                .resolve(stage)
                .resolve("dt=" + OrderDays.date(day))
                .resolve(RUN));
    Files.writeString(
        folder.resolve(RUN + ".json"),
        """
        {"run": "%s", "host": "worker-7", "process": {"machine": "m", "pid": 4711, "started": 1},
         "command": "run", "since": "2026-01-02T03:00:01Z"}
        """
            .formatted(RUN));
  }

  @Test
  void shouldSayWhoIsAtWorkSinceWhen() throws IOException {
    leaseOfAnotherMachine("clean", 2);
    CommandResult status = status();
    assertTrue(
        status
            .out()
            .lines()
            .anyMatch(line -> line.matches("2026-01-02 +running +missing +missing")),
        status::out);
    assertTrue(
        status
            .out()
            .contains(
                "2026-01-02  clean  host worker-7, process 4711  2026-01-02T03:00:01Z  " + RUN),
        status::out);
    assertTrue(status.out().contains("9 partitions: 3 done, 1 running, 5 missing."), status::out);
    JsonNode json = new JsonMapper().readTree(status("--json").out());
    assertEquals("running", json.get("dates").get(1).get("stages").get("clean").asText());
    JsonNode work = json.get("atWork").get(0);
    assertEquals("2026-01-02", work.get("date").asText());
    assertEquals("clean", work.get("stage").asText());
    assertEquals(RUN, work.get("run").asText());
    assertEquals("worker-7", work.get("host").asText());
    assertEquals("2026-01-02T03:00:01Z", work.get("since").asText());
    assertTrue(work.get("alive").asBoolean());
  }

  @Test
  void shouldSayNothingOfDatesThatAreNotShown() throws IOException {
    leaseOfAnotherMachine("clean", 9);
    assertFalse(status().out().contains("worker-7"));
    assertEquals(0, new JsonMapper().readTree(status("--json").out()).get("atWork").size());
  }

  /** What a run shows while it works. */
  @Test
  void shouldFindARunOfThisProcess() throws Exception {
    List<String> seen = new ArrayList<>();
    Thread run = new Thread(() -> orders.folder().millrace("backfill", orders.range(2, 3)));
    run.start();
    while (run.isAlive() && seen.isEmpty()) {
      JsonNode json = new JsonMapper().readTree(status("--json").out());
      json.get("atWork").forEach(work -> seen.add(work.get("process").asText()));
    }
    run.join();
    assertEquals(Long.toString(ProcessHandle.current().pid()), seen.get(0));
    try (Stream<Path> left = Files.walk(home.resolve("warehouse"))) {
      assertEquals(List.of(), left.filter(path -> path.toString().contains("_leases/")).toList());
    }
  }
}
