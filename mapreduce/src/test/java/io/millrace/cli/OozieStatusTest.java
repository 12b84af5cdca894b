package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.millrace.oozie.FakeOozie;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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

  @TempDir Path home;
  private FakeOozie oozie;
  private OrderDays orders;

  @BeforeEach
  void start() throws IOException {
    oozie = FakeOozie.start();
    orders = OrderDays.create(home, 3).scheduled();
  }

  @AfterEach
  void stop() {
    oozie.close();
  }

  private CommandResult status(String... more) {
    return statusAt(oozie.url(), more);
  }

  private CommandResult statusAt(String url, String... more) {
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
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-07T02:00:00Z");
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

  @Test
  void shouldShowADayAsStaleThatWasDoneBeforeItsInputLandedAgain() throws IOException {
    orders.folder().run("2026-01-01", "2026-01-02");
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-04T02:00:00Z");
    for (int day = 1; day <= 2; day++) {
      night(day, "SUCCEEDED", "", day + "-W");
      done(day + "-W");
    }
    bundle("RUNNING");
    assertFalse(lines().contains("Run again"));
    orders.folder().land("2026-01-01", "id,at,customer,amount", "z,2026-01-01T08:00:00Z,zoe,1");
    String out = lines();
    assertTrue(hasLine(out, "2026-01-01 +2026-01-02 03:00 +done +stale +stale +stale"), out);
    assertTrue(hasLine(out, "2026-01-02 +2026-01-03 03:00 +done +done +done +stale"), out);
    assertTrue(
        out.contains(
            """
            Run again what is stale or missing, each when the one before is done:
              oozie job -oozie %1$s -rerun %2$s -action 1 -nocleanup
              oozie job -oozie %1$s -rerun %2$s -action 2 -nocleanup
            """
                .formatted(oozie.url(), NIGHTLY)),
        out);
    assertTrue(
        hasLine(out, "or without Oozie:  millrace backfill .* --from 2026-01-01 --to 2026-01-02"),
        out);
  }

  @Test
  void shouldShowTheTrainings() throws IOException {
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-02T02:00:00Z");
    String training = "0000009-260102101500000-oozie-C";
    oozie.coordinator(training, "orders-training", "2026-01-18T02:00:00Z");
    oozie.action(training, "2026-01-11T02:00:00Z", "KILLED", "", "9-W");
    oozie
        .workflow("9-W", "KILLED")
        .node("9-W", "training", "java", "OK", "state=done\n", "")
        .node(
            "9-W",
            "train",
            "java",
            "ERROR",
            "",
            "Main class [io.millrace.cli.OozieAction], main() threw exception, train of 2026-01-10: no memory");
    oozie.bundle(BUNDLE, "orders", "RUNNINGWITHERROR", Map.of(), NIGHTLY, training);
    orders
        .folder()
        .edit(
            "features:\n",
            """
            train:
              model: {name: m, kind: linear}
              label: {of: amount, known_after: 1d}
              inputs: [customer_orders_1d]
              snapshots: {history: 3d}
              split: {test: 1d}
            features:
            """)
        .edit("{at: \"03:00\"}", "{at: \"03:00\", train: sunday}");
    String out = lines();
    assertTrue(hasLine(out, "date +training starts +state +training +train"), out);
    assertTrue(hasLine(out, "2026-01-10 +2026-01-11 03:00 +failed +done +failed"), out);
    assertTrue(hasLine(out, "2026-01-10 +train +train of 2026-01-10: no memory"), out);
    assertTrue(hasLine(out, "The next training: +2026-01-18 03:00, of 2026-01-17"), out);
    assertTrue(out.contains("-rerun " + training + " -action 1 -nocleanup"), out);
  }

  @Test
  void shouldShowAStepThatIsTriedAgainOneWithoutAModelAndANightThatTimedOut() {
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-05T02:00:00Z");
    night(1, "RUNNING", "", "1-W");
    oozie
        .workflow("1-W", "RUNNING")
        .node("1-W", "await", "java", "OK", "state=done\n", "")
        .node(
            "1-W",
            "clean",
            "java",
            "USER_RETRY",
            "",
            "Main class [x], main() threw exception, clean of 2026-01-01: the disk is full");
    night(2, "TIMEDOUT", "hdfs://c/in/2026-01-02/_SUCCESS", "");
    night(3, "SUCCEEDED", "", "3-W");
    oozie.workflow("3-W", "SUCCEEDED").node("3-W", "clean", "java", "OK", "state=no_model\n", "");
    bundle("RUNNING");
    String out = lines();
    assertTrue(hasLine(out, "date .* state +await +clean .*"), out);
    assertTrue(hasLine(out, "2026-01-01 +2026-01-02 03:00 +running +done +retrying"), out);
    assertTrue(
        hasLine(out, "2026-01-01 +clean +try 1 of 4 failed: clean of 2026-01-01: the disk is full"),
        out);
    assertTrue(hasLine(out, "2026-01-02 +2026-01-03 03:00 +timed out"), out);
    assertTrue(hasLine(out, "2026-01-03 +2026-01-04 03:00 +done +no model"), out);
  }

  @Test
  void shouldSayHowANightGoesOnThatOozieHolds() {
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-03T02:00:00Z");
    night(1, "SUSPENDED", "", "1-W");
    oozie
        .workflow("1-W", "SUSPENDED")
        .node("1-W", "clean", "java", "START_MANUAL", "", "JA006: connection to rm:8032 refused");
    bundle("RUNNING");
    String out = lines();
    assertTrue(hasLine(out, "2026-01-01 +2026-01-02 03:00 +held +held"), out);
    assertTrue(hasLine(out, "2026-01-01 +clean +JA006: connection to rm:8032 refused"), out);
    assertTrue(
        out.contains("Let it go on:  oozie job -oozie %s -resume 1-W".formatted(oozie.url())), out);
  }

  @Test
  void shouldAskForTheNewestNightsOnly() {
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-29T02:00:00Z");
    for (int day = 1; day <= 27; day++) {
      night(day, "SUCCEEDED", "", day + "-W");
    }
    // a workflow that Oozie has forgotten
    bundle("RUNNING");
    String out = lines("--days", "2");
    assertEquals(
        List.of("2026-01-26", "2026-01-27"),
        out.lines()
            .filter(line -> line.matches("2026-01-.* 03:00 .*"))
            .map(line -> line.substring(0, 10))
            .toList());
  }

  @Test
  void shouldPreferTheBundleThatIsAtWorkToNewerOnesThatAreOver() {
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-05T02:00:00Z");
    bundle("SUSPENDED");
    oozie.bundle("0000020-260102101500000-oozie-B", "orders", "KILLED", Map.of());
    oozie.bundle(
        "0000021-260102101500000-oozie-B", "orders", "RUNNING", Map.of("warehouse", "/other"));
    String out = lines();
    assertTrue(out.startsWith("orders: bundle " + BUNDLE + " of ops, SUSPENDED"), out);
    assertTrue(
        out.contains(
            "Let it go on:  oozie job -oozie %s -resume %s".formatted(oozie.url(), BUNDLE)),
        out);
  }

  @Test
  void shouldSayHowToSubmitAgainWhatWasKilled() {
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-05T02:00:00Z");
    night(1, "SUCCEEDED", "", "1-W");
    night(2, "KILLED", "", "2-W");
    bundle("KILLED");
    String out = lines();
    assertTrue(hasLine(out, "2026-01-02 +2026-01-03 03:00 +ended"), out);
    assertFalse(out.contains("-rerun"), out);
    assertTrue(
        hasLine(
            out,
            "It starts no more nights. Submit again:  millrace oozie submit .* --from 2026-01-02"),
        out);
  }

  @Test
  void shouldGiveTheSameAsJson() throws IOException {
    oozie.coordinator(NIGHTLY, "orders-nightly", "2026-01-05T02:00:00Z");
    night(1, "WAITING", "hdfs://c/in/2026-01-01#", "");
    bundle("RUNNING");
    JsonNode json = new JsonMapper().readTree(lines("--json"));
    assertEquals(BUNDLE, json.at("/bundle/id").asText());
    assertEquals("RUNNING", json.at("/bundle/status").asText());
    JsonNode night = json.at("/nights/0");
    assertEquals("2026-01-01", night.get("date").asText());
    assertEquals("2026-01-02T02:00:00Z", night.get("start").asText());
    assertEquals("waiting", night.get("state").asText());
    assertEquals("hdfs://c/in/2026-01-01", night.at("/waitsFor/0").asText());
    assertEquals("2026-01-05T02:00:00Z", json.get("nextNight").asText());
  }

  @Test
  void shouldSayThatThereIsNoBundle() {
    CommandResult result = status().expect(ExitCode.USAGE);
    assertTrue(
        result
            .lastLineOfErr()
            .startsWith(
                "Oozie at %s has no bundle of orders. Submit one:  millrace oozie submit "
                    .formatted(oozie.url())),
        result::err);
  }

  @Test
  void shouldSayThatTheServerIsDown() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:%d/oozie".formatted(port);
    CommandResult result = statusAt(url).expect(ExitCode.FAILED);
    assertEquals(
        "Cannot reach Oozie at %s: connection refused. Is it running there? Expected the address of an Oozie server, such as http://host:11000/oozie (--oozie URL, or OOZIE_URL)."
            .formatted(url),
        result.lastLineOfErr());
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @Test
  void shouldSayThatAnotherServerAnswers() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/page/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("<html>welcome".getBytes(UTF_8));
          exchange.close();
        });
    other.start();
    try {
      String host = "http://127.0.0.1:%d".formatted(other.getAddress().getPort());
      for (String url : List.of(host + "/page", host + "/nothing")) {
        CommandResult result = statusAt(url).expect(ExitCode.FAILED);
        assertTrue(
            result
                .lastLineOfErr()
                .endsWith(
                    "Expected the address of an Oozie server, such as http://host:11000/oozie (--oozie URL, or OOZIE_URL)."),
            result::err);
        assertEquals(1, result.err().lines().count(), result::err);
      }
    } finally {
      other.stop(0);
    }
  }

  @Test
  void shouldRefuseAnAddressThatIsNone() {
    for (String url : List.of("host:11000/oozie", "oozie", "http://")) {
      assertTrue(
          statusAt(url)
              .expect(ExitCode.USAGE)
              .lastLineOfErr()
              .startsWith("Cannot ask Oozie at " + url + ". Expected the address"));
    }
  }
}
