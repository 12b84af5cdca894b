package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.oozie.FakeOozie;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OozieStatusTest {
  private static final String BUNDLE = "0000001-260102101500000-oozie-B";
  private static final String NIGHTLY = "0000002-260102101500000-oozie-C";
  private static final String WORKFLOW = "0000003-260102101500000-oozie-W";

  @TempDir Path home;
  private FakeOozie oozie;
  private OrderDays orders;

  @BeforeEach
  void start() throws IOException {
    oozie = FakeOozie.start();
    orders = OrderDays.create(home, 3);
    orders
        .folder()
        .edit("source:\n", "timezone: Europe/Berlin\nschedule: {at: \"03:00\"}\nsource:\n");
  }

  @AfterEach
  void stop() {
    oozie.close();
  }

  private CommandResult status(String... more) {
    return status(oozie.url(), more);
  }

  private CommandResult status(String url, String... more) {
    List<String> arguments = new ArrayList<>(List.of("oozie", "status"));
    arguments.add(home.resolve("pipeline.yaml").toString());
    arguments.addAll(List.of("--set", "landing=" + home.resolve("landing")));
    arguments.addAll(List.of("--set", "warehouse=" + home.resolve("warehouse")));
    arguments.addAll(List.of("--oozie", url));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments);
  }

  private String lines(String... more) {
    CommandResult result = status(more).expect(ExitCode.DONE);
    assertEquals("", result.err());
    return result.out();
  }

  /** Nights of January, whose landing dates are the days before; 03:00 in Berlin is 02:00 UTC. */
  private FakeOozie night(int day, String state, String missing, String workflow) {
    return oozie.action(
        NIGHTLY, "2026-01-%02dT02:00:00Z".formatted(day + 1), state, missing, workflow);
  }

  private void bundle(String status) {
    oozie.bundle(
        BUNDLE, "orders", status, Map.of("warehouse", home.resolve("warehouse") + ""), NIGHTLY);
  }

  private void done(String workflow) {
    oozie.workflow(workflow, "SUCCEEDED");
    for (String step : List.of("clean", "partials-customer", "features-customer")) {
      oozie.node(workflow, step, "java", "OK", "state=done\nstage=x\n", "");
    }
  }

  private static boolean hasLine(String text, String regex) {
    return text.lines().anyMatch(line -> line.matches(regex));
  }

  @Test
  void shouldShowANightOfEachKindWithTimesOfThePipelinesZone() throws IOException {
    orders.folder().run("2026-01-01", "2026-01-01");
    oozie.coordinator(NIGHTLY, "orders", "2026-01-07T02:00:00Z");
    night(1, "SUCCEEDED", "", "1-W");
    done("1-W");
    night(2, "RUNNING", "", "2-W");
    oozie
        .workflow("2-W", "RUNNING")
        .node("2-W", "clean", "java", "OK", "state=done\n", "")
        .node("2-W", "partials-customer", "java", "RUNNING", "", "");
    night(3, "KILLED", "", "3-W");
    oozie
        .workflow("3-W", "KILLED")
        .node(
            "3-W",
            "clean",
            "java",
            "OK",
            "state=quality\nreason=clean of 2026-01-03\\: 60% of the records are quarantined\n",
            "")
        .node("3-W", "failed", ":KILL:", "OK", "", "clean of 2026-01-03: 60% …");
    night(4, "READY", "", "");
    night(
        5,
        "WAITING",
        "file:%s/clean/dt=2026-01-04/_SUCCESS#file:%s/clean/dt=2026-01-03/_SUCCESS#hdfs://c/in/2026-01-05"
            .formatted(home.resolve("warehouse"), home.resolve("warehouse")),
        "");
    bundle("RUNNING");
    String out = lines();
    assertTrue(
        out.startsWith(
            "orders: bundle %s of ops, RUNNING, submitted 2026-01-02 11:15. Times are those of Europe/Berlin.\n"
                .formatted(BUNDLE)),
        out);
    assertTrue(
        hasLine(out, "date +night starts +state +clean +partials-customer +features-customer"),
        out);
    assertTrue(hasLine(out, "2026-01-01 +2026-01-02 03:00 +done +done +done +done"), out);
    assertTrue(hasLine(out, "2026-01-02 +2026-01-03 03:00 +running +done +running"), out);
    assertTrue(hasLine(out, "2026-01-03 +2026-01-04 03:00 +failed +failed"), out);
    assertTrue(hasLine(out, "2026-01-04 +2026-01-05 03:00 +queued"), out);
    assertTrue(hasLine(out, "2026-01-05 +2026-01-06 03:00 +waiting"), out);
    assertTrue(
        hasLine(out, "2026-01-03 +clean +clean of 2026-01-03: 60% of the records are quarantined"),
        out);
    assertTrue(
        hasLine(
            out, "2026-01-05 +waits for hdfs://c/in/2026-01-05, clean of 2026-01-03 … 2026-01-04"),
        out);
    assertTrue(hasLine(out, "The next night: +2026-01-07 03:00, of 2026-01-06"), out);
    assertTrue(
        out.contains(
            "Run again what failed:  oozie job -oozie %s -rerun %s -action 3 -nocleanup"
                .formatted(oozie.url(), NIGHTLY)),
        out);
  }
}
