package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {
  @TempDir Path home;

  @Test
  void shouldMakeWhatCanBeMadeAndLaterTheRest() throws IOException {
    OrderDays orders = OrderDays.create(home, 7);
    orders.folder().unland(OrderDays.date(3));
    CommandResult run = orders.folder().millrace("run", orders.range(1, 7));
    run.expect(ExitCode.INPUT_MISSING);
    assertEquals(List.of(), orders.standing().get("clean"), "run makes nothing");
    CommandResult backfill =
        orders.folder().millrace("backfill", orders.range(1, 7, "--parallel", "3"));
    backfill.expect(ExitCode.INPUT_MISSING);
    assertEquals(
        Map.of(
            "clean", List.of(1, 2, 4, 5, 6, 7),
            "partials/customer", List.of(1, 2, 4, 5, 6, 7),
            "features/customer", List.of(1, 2, 6, 7)),
        orders.standing());
    assertTrue(backfill.err().contains("raw/dt=2026-01-03"), backfill::err);
    assertTrue(backfill.err().contains("Done: 16 run in "), backfill::err);
    orders.land(3);
    CommandResult rest =
        orders
            .folder()
            .millrace("backfill", orders.range(1, 7, "--parallel", "3", "--json"))
            .expect(ExitCode.DONE);
    assertEquals(
        List.of(
            "clean 3",
            "features/customer 3",
            "features/customer 4",
            "features/customer 5",
            "partials/customer 3"),
        OrderDays.ran(rest).stream().sorted().toList());
  }

  @Test
  void shouldMakeTheSameBytesSideBySideAsOneByOne() throws IOException {
    OrderDays sideBySide = OrderDays.create(Files.createDirectory(home.resolve("a")), 6);
    OrderDays oneByOne = OrderDays.create(Files.createDirectory(home.resolve("b")), 6);
    sideBySide
        .folder()
        .millrace("backfill", sideBySide.range(1, 6, "--parallel", "4"))
        .expect(ExitCode.DONE);
    oneByOne.folder().run(OrderDays.date(1), OrderDays.date(6));
    assertEquals(oneByOne.bytes(6), sideBySide.bytes(6));
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    for (String name : List.of("_staging", "_trash", "_leases")) {
      try (Stream<Path> paths = Files.walk(home)) {
        assertEquals(
            List.of(),
            paths.filter(path -> path.endsWith(name) && path.toFile().list().length > 0).toList());
      }
    }
  }

  @Test
  void shouldMakeEarlierDaysThatTheRangeReads() throws IOException {
    OrderDays orders = OrderDays.create(home, 5);
    orders.folder().millrace("backfill", orders.range(5, 5)).expect(ExitCode.DONE);
    assertEquals(
        Map.of(
            "clean", List.of(3, 4, 5),
            "partials/customer", List.of(3, 4, 5),
            "features/customer", List.of(5)),
        orders.standing());
  }

  @Test
  void shouldGoOnBesideAFailure() throws IOException {
    OrderDays orders = OrderDays.create(home, 6).landNonsense(2).landNonsense(6);
    CommandResult failed = orders.folder().millrace("run", orders.range(1, 6));
    failed.expect(ExitCode.QUALITY);
    assertEquals(
        Map.of(
            "clean", List.of(1, 3, 4, 5),
            "partials/customer", List.of(1, 3, 4, 5),
            "features/customer", List.of(1, 5)),
        orders.standing());
    assertTrue(
        failed.lastLineOfErr().startsWith("clean/dt=2026-01-02: 1 of 1 records"), failed::err);
    assertTrue(
        failed
            .err()
            .contains(
                "Not run, as clean/dt=2026-01-02 failed: partials/customer/dt=2026-01-02;"
                    + " features/customer of 2026-01-02 … 2026-01-04"),
        failed::err);
    assertTrue(failed.err().contains(", 2 failed, 6 were not run."), failed::err);
    String record = Files.readString(newestRecord());
    assertEquals(
        List.of("BLOCKED", "DONE", "FAILED"),
        List.copyOf(new TreeSet<>(new JsonMapper().readTree(record).findValuesAsText("state"))));
    CommandResult json =
        orders.folder().millrace("run", orders.range(1, 6, "--json")).expect(ExitCode.QUALITY);
    assertEquals(List.of("clean 2", "clean 6"), OrderDays.names(json, "failed"));
    assertEquals(6, OrderDays.names(json, "notRun").size());
    orders.land(2).land(6);
    CommandResult rest =
        orders.folder().millrace("run", orders.range(1, 6, "--json")).expect(ExitCode.DONE);
    assertEquals(8, OrderDays.ran(rest).size());
  }

  @Test
  void shouldTellWhatItPassesOverBesideAFailure() throws IOException {
    OrderDays orders = OrderDays.create(home, 3).landNonsense(1);
    orders.folder().unland(OrderDays.date(2));
    CommandResult failed =
        orders.folder().millrace("backfill", orders.range(1, 3)).expect(ExitCode.QUALITY);
    assertTrue(
        failed
            .err()
            .contains("Passed over 4 stages, as inputs are missing:\n  raw/dt=2026-01-02: "),
        failed::err);
    assertTrue(failed.lastLineOfErr().startsWith("clean/dt=2026-01-01: "), failed::err);
    CommandResult json =
        orders.folder().millrace("backfill", orders.range(1, 3, "--json")).expect(ExitCode.QUALITY);
    assertEquals(4, OrderDays.names(json, "blocked").size());
  }

  private Path newestRecord() throws IOException {
    try (Stream<Path> runs = Files.list(home.resolve("warehouse/_runs"))) {
      return runs.sorted().reduce((first, last) -> last).orElseThrow().resolve("run.json");
    }
  }

  @Test
  void shouldGoOnWhereItWasInterrupted() throws Exception {
    int days = 8;
    OrderDays orders = OrderDays.create(home, days);
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("backfill", home + "/pipeline.yaml"));
    arguments.addAll(List.of("--set", "landing=" + home + "/landing"));
    arguments.addAll(List.of("--set", "warehouse=" + home + "/warehouse"));
    arguments.addAll(List.of(orders.range(1, days, "--parallel", "2")));
    PrintWriter out = new PrintWriter(new StringWriter());
    int[] code = {-1};
    Thread command =
        new Thread(
            () ->
                code[0] =
                    Main.run(
                        new Console(out, new PrintWriter(err, true), false),
                        arguments.toArray(String[]::new)));
    command.start();
    while (command.isAlive() && !err.toString().contains("[7/24]")) {
      Thread.sleep(5);
    }
    command.interrupt();
    command.join(60_000);
    assertFalse(command.isAlive());
    assertEquals(ExitCode.FAILED.code(), code[0], err::toString);
    assertTrue(err.toString().contains("Interrupted: "), err::toString);
    int before = orders.standing().values().stream().mapToInt(List::size).sum();
    assertTrue(before >= 7 && before < 24, err::toString);
    assertTrue(err.toString().contains("Done: " + before + " run in "), err::toString);
    CommandResult rest =
        orders
            .folder()
            .millrace("backfill", orders.range(1, days, "--parallel", "2", "--json"))
            .expect(ExitCode.DONE);
    assertEquals(24 - before, OrderDays.ran(rest).size());
    assertNothingLeft();
  }
}
