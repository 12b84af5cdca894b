package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.example.ExampleFolder;
import io.millrace.example.Examples;
import io.millrace.example.Scorecard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** The command {@code test} as an author meets it. */
class TestCommandTest {
  private static final String FAILING =
      """
      - test: all is well
        input:
          2026-01-02: |
            order_id,ts,customer,amount
            o-1,2026-01-02T08:00:00Z,anna,5.50
        expect:
          clean/2026-01-02: [{order_id: o-1, amount: 5.5}]
      - test: all is wrong
        input:
          2026-01-02:
            - {order_id: o-1, ts: 2026-01-02T08:00:00Z, customer: anna, amount: 5.50}
            - {order_id: o-2, ts: 2026-01-02T08:00:00Z, customer: ben, amount: 7}
            - {order_id: o-3, ts: 2026-01-02T08:00:00Z, customer: ben, amount: -1}
        expect:
          clean/2026-01-02:
            - {order_id: o-1, amount: 5}
            - {order_id: o-3, amount: -1}
          features/customer/2026-01-02: none
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writePipeline() throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: orders
        warehouse: ${warehouse}
        source:
          path: ${landing}/${date}.csv
          schema: order.avsc
          event_time: ts
          from: 2026-01-01
          lateness: 1d
        clean:
          rules: {positive: amount > 0}
          deduplicate: {by: [order_id], keep: latest}
          fail_above: 1%
        features:
          customer:
            entity: customer
            windows: [7d]
            aggregates: {orders: COUNT(*), spent: SUM(amount)}
        """);
    Files.writeString(
        folder.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "customer", "type": "string"},
          {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}
        """);
  }

  private CommandResult test(String... arguments) {
    List<String> all = new ArrayList<>(List.of("test", folder.resolve("pipeline.yaml").toString()));
    all.addAll(List.of(arguments));
    return CommandResult.of(all);
  }

  private void fixture(String yaml) throws IOException {
    Files.writeString(folder.resolve("orders.test.yaml"), yaml);
  }

  @ParameterizedTest
  @CsvSource({"card-fraud, cleaning.test.yaml", "online-retail, customers.test.yaml"})
  void shouldPassTheTestsOfAnExample(String name, String file) throws IOException {
    Path spec = ExampleFolder.write(name, folder.resolve("example"));
    CommandResult result =
        CommandResult.of(
                "test", spec.toString(), spec.resolveSibling("tests").resolve(file).toString())
            .expect(ExitCode.DONE);
    assertTrue(result.out().matches("(?s).*[0-9]+ tests passed in [0-9.]+ s\\.\\R"), result::out);
    assertEquals("", result.err());
  }

  @Test
  void shouldTestWithTheScorecardThatTheGeneratorWrites() throws IOException {
    try (InputStream in = Examples.named("card-fraud").orElseThrow().open("tests/scorecard.onnx")) {
      assertTrue(java.util.Arrays.equals(Scorecard.toOnnx(), in.readAllBytes()));
    }
  }

  @Test
  void shouldPassTheTestOfTheReferencePage() throws IOException {
    Path page = Path.of("docs/testing.md");
    String text = Files.readString(page);
    fixture(text.substring(text.indexOf("- test:"), text.indexOf("```", text.indexOf("- test:"))));
    Path spec = folder.resolve("pipeline.yaml");
    Files.writeString(spec, Files.readString(spec).replace("windows: [7d]", "windows: [1d, 7d]"));
    test().expect(ExitCode.DONE);
  }

  @Test
  void shouldShowWhatDiffers() throws IOException {
    fixture(FAILING);
    CommandResult result = test().expect(ExitCode.FAILED);
    String shown = result.out().replaceAll(" +[0-9.]+ s(?=\\R|  )", "").replace(folder + "/", "");
    assertEquals(
        """
        ok      all is well
        FAILED  all is wrong  (orders.test.yaml:8)
                clean/dt=2026-01-02: 1 row differs; 1 row is missing; 1 row is unexpected  (orders.test.yaml:15)
                            order_id  amount
                ──────────  ────────  ──────
                expected    o-1       5
                found       o-1       ≠ 5.50
                missing     o-3       -1
                unexpected  o-2       7.00
                features/customer/dt=2026-01-02: 0 rows expected, 2 found  (orders.test.yaml:18)
                            customer  customer_orders_7d  customer_spent_7d
                ──────────  ────────  ──────────────────  ─────────────────
                unexpected  ben                        1               7.00
                unexpected  anna                       1               5.50
                Set aside meanwhile:
                  quarantine/clean/dt=2026-01-02  positive: amount > 0 is not TRUE; amount = -1.00  ← o-3,2026-01-02T08:00:00Z,ben,-1
        """,
        shown.substring(0, shown.indexOf("1 of 2 tests failed")));
  }

  @Test
  void shouldReportAsJson() throws IOException {
    fixture(FAILING);
    CommandResult result = test("--json").expect(ExitCode.FAILED);
    JsonNode report = new JsonMapper().readTree(result.out());
    assertEquals(1, report.get("passed").asInt());
    assertEquals(1, report.get("failed").asInt());
    JsonNode failed = report.get("tests").get(1);
    assertFalse(failed.get("passed").asBoolean());
    JsonNode rows = failed.get("differences").get(0).get("rows");
    assertEquals("found", rows.get(1).get("kind").asText());
    assertEquals("amount", rows.get(1).get("differs").get(0).asText());
    assertEquals("5.50", rows.get(1).get("row").get("amount").asText());
    assertTrue(result.lastLineOfErr().startsWith("1 of 2 tests failed"), result::err);
  }

  @Test
  void shouldReportAsJUnitDoes() throws Exception {
    fixture(FAILING);
    Path report = folder.resolve("reports/junit.xml");
    test("--report-file", report.toString()).expect(ExitCode.FAILED);
    Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    assertEquals(2, xml.getElementsByTagName("testcase").getLength());
    var failures = xml.getElementsByTagName("failure");
    assertEquals(1, failures.getLength());
    assertTrue(failures.item(0).getTextContent().contains("≠ 5.50"));
    assertEquals(
        "1",
        xml.getElementsByTagName("testsuite")
            .item(0)
            .getAttributes()
            .getNamedItem("failures")
            .getNodeValue());
  }

  @Test
  void shouldRunOnlyWhatTheFilterNames() throws IOException {
    fixture(FAILING);
    CommandResult result = test("--filter", "WELL").expect(ExitCode.DONE);
    assertTrue(result.out().contains("1 test passed"), result::out);
    CommandResult none = test("--filter", "nothing").expect(ExitCode.USAGE);
    assertEquals("None of the 2 tests has \"nothing\" in its name.", none.lastLineOfErr());
  }

  @Test
  void shouldLeaveInputAndWarehouseAlone() throws IOException {
    fixture(FAILING);
    Path landing = Files.createDirectories(folder.resolve("in"));
    Files.writeString(landing.resolve("2026-01-02.csv"), "order_id,ts,customer,amount\nbroken\n");
    Path warehouse = folder.resolve("wh");
    test("--filter", "well", "--set", "landing=" + landing, "--set", "warehouse=" + warehouse)
        .expect(ExitCode.DONE);
    assertFalse(Files.exists(warehouse));
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of("2026-01-02.csv", "order.avsc", "orders.test.yaml", "pipeline.yaml"),
          files
              .filter(Files::isRegularFile)
              .map(f -> f.getFileName().toString())
              .sorted()
              .toList());
    }
  }

  @Test
  void shouldCountLatenessOnTheFirstDateOfATest() throws IOException {
    fixture(
        """
        - test: two days late
          input:
            2026-01-05:
              - {order_id: o-1, ts: 2026-01-03T08:00:00Z, customer: anna, amount: 5}
              - {order_id: o-2, ts: 2026-01-04T08:00:00Z, customer: anna, amount: 5}
          expect:
            quarantine/clean/2026-01-05: [{rule: time.late}]
        - test: the initial load has no limit
          input:
            2026-01-01:
              - {order_id: o-1, ts: 2025-01-03T08:00:00Z, customer: anna, amount: 5}
          expect:
            quarantine/clean/2026-01-01: none
        """);
    test().expect(ExitCode.DONE);
  }

  @Test
  void shouldTakeAnEventTimeThatIsDerived() throws IOException {
    Path spec = folder.resolve("pipeline.yaml");
    Files.writeString(
        spec,
        Files.readString(spec)
            .replace("event_time: ts", "event_time: paid")
            .replace("  rules:", "  derive: {paid: 'ts + INTERVAL ''1'' DAY'}\n  rules:"));
    fixture(
        """
        - test: lateness, duplicates and windows go by it
          input:
            2026-01-05:
              - {order_id: o-1, ts: 2026-01-02T08:00:00Z, customer: anna, amount: 1}
              - {order_id: o-2, ts: 2026-01-03T08:00:00Z, customer: anna, amount: 2}
              - {order_id: o-2, ts: 2026-01-04T08:00:00Z, customer: anna, amount: 3}
              - {order_id: o-3, ts: 2026-01-05T08:00:00Z, customer: anna, amount: 4}
          expect:
            clean/2026-01-05:
              - {order_id: o-2, paid: 2026-01-05T08:00:00Z, amount: 3}
            quarantine/clean/2026-01-05:
              - {rule: time.late}
              - {rule: time.future}
            features/customer/2026-01-12: none
            features/customer/2026-01-11: [{customer: anna, customer_orders_7d: 1}]
        """);
    test().expect(ExitCode.DONE);
  }

  @Test
  void shouldReadFilesBesideTheFixture() throws IOException {
    Path tests = Files.createDirectories(folder.resolve("tests"));
    Files.writeString(
        tests.resolve("day.csv"),
        "order_id,ts,customer,amount\no-1,2026-01-02T08:00:00Z,anna,5.50\n");
    Files.writeString(tests.resolve("rows.csv"), "order_id,amount\no-1,5.50\n");
    Files.writeString(
        tests.resolve("files.test.yaml"),
        """
        - test: files
          input: {2026-01-02: {file: day.csv}}
          expect: {clean/2026-01-02: {file: rows.csv, exact: false}}
        """);
    test().expect(ExitCode.DONE);
  }

  @Test
  void shouldTakeTheUriOfALocalSpec() throws IOException {
    fixture(FAILING);
    CommandResult.of("test", folder.resolve("pipeline.yaml").toUri().toString(), "--filter", "well")
        .expect(ExitCode.DONE);
    CommandResult remote =
        CommandResult.of("test", "hdfs://cluster/pipeline.yaml").expect(ExitCode.USAGE);
    assertTrue(remote.err().contains("on this machine"), remote::err);
  }

  @Test
  void shouldSayWhereTestsAreLookedFor() {
    CommandResult result = test().expect(ExitCode.USAGE);
    assertTrue(result.err().contains("no file *.test.yaml stands beside it"), result::err);
  }

  @Test
  void shouldSayAllThatIsWrongBeforeAnythingRuns() throws IOException {
    fixture(
        """
        - test: one
          set: {landign: x}
          expect: {clean/2026-01-02: 1}
        - test: two
          expect: {clean/2026-01-02: [{ammount: 1}]}
        """);
    CommandResult result = test().expect(ExitCode.USAGE);
    String fixture = folder.resolve("orders.test.yaml").toString();
    List<String> lines = result.err().lines().toList();
    assertTrue(
        lines.get(0).startsWith(fixture + ":2:9: `${landign}` stands nowhere in "), result::err);
    assertTrue(lines.get(0).contains("did you mean `landing`"), result::err);
    assertTrue(lines.get(1).startsWith(fixture + ":5:32: unknown column `ammount`"), result::err);
    assertEquals("There are 2 problems; no test was run.", lines.get(2));
    assertEquals("", result.out());
  }

  @Test
  void shouldSayWhichPlaceholderTheModelHangsOn() throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        Files.readString(folder.resolve("pipeline.yaml"))
            + "score: {rows: entities, model: \"${models}/m.onnx\"}\n");
    fixture(
        """
        - test: one
          input: {2026-01-02: none}
          expect: {clean/2026-01-02: none}
        """);
    test().expect(ExitCode.DONE);
    fixture("- {test: one, expect: {scores/2026-01-02: 0}}\n");
    CommandResult result = test().expect(ExitCode.USAGE);
    assertTrue(
        result.err().contains("Cannot read ${models}/m.onnx: `${models}` has no value"),
        result::err);
  }
}
