package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say to people and to programs, on one day that was made before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {
  private static final LocalDate DATE = CardFraudFolder.FIRST;

  private CardFraudFolder example;
  private CommandResult firstRun;
  private CommandResult firstPlan;

  @BeforeAll
  void runOneDay(@TempDir Path folder) throws IOException {
    example = CardFraudFolder.create(folder);
    example.generate(
        CardFraudSettings.of(DATE, 1)
            .withTransactions(400)
            .withCards(60)
            .withTerminals(20)
            .withFiles(2, 1));
    firstPlan = example.millrace("plan", "--date", DATE.toString()).expect(ExitCode.DONE);
    firstRun = example.millrace("run", "--date", DATE.toString()).expect(ExitCode.DONE);
  }

  private static JsonNode json(String text) throws IOException {
    return new JsonMapper().readTree(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate",
        "test",
        "plan",
        "status",
        "run",
        "train",
        "show",
        "profile",
        "generate",
        "demo"
      })
  void shouldGiveAnExampleOfEachCommand(String command) {
    CommandResult help = CommandResult.of(command, "--help").expect(ExitCode.DONE);
    assertTrue(help.out().contains("Usage: millrace " + command), help::out);
    assertTrue(help.out().matches("(?s).*Examples?:\\s+millrace " + command + " .*"), help::out);
    assertEquals("", help.err());
  }

  @Test
  void shouldNameExitCodesInTheHelp() {
    CommandResult help = CommandResult.of("--help").expect(ExitCode.DONE);
    for (String words : List.of("0 done or up to date", "2 wrong usage", "4 an input is missing")) {
      assertTrue(help.out().contains(words), help::out);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runn | Did you mean: millrace run?",
        "--verison | Possible solutions: --version",
        "generate card-fraud | Missing required option: '--landing=FOLDER' (see `millrace generate --help`)",
        "generate online-retail --landing x | Data can be made for the example card-fraud; found online-retail.",
        "generate card-fraud --landing x --days 0 | Cannot generate with days 0: expected at least 1",
        "demo --days 0 | A demo of 0 days shows nothing: give --days 1 or more.",
        "run | Missing required parameter: 'PIPELINE' (see `millrace run --help`)",
        "validate nothing.yaml | Cannot read the pipeline: there is no file nothing.yaml"
      })
  void shouldExplainWrongUsage(String arguments, String message) {
    CommandResult result = CommandResult.of(arguments.split(" ")).expect(ExitCode.USAGE);
    assertTrue(result.err().contains(message), result::err);
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | Say for which date: --date DATE, or --from DATE --to DATE.",
        "run --dat 2026-01-01 | Possible solutions: --date",
        "run --date 2026-13-01 | Cannot read date: 2026-13-01. Expected a day such as 2026-11-21",
        "run --from 2026-01-02 --to 2026-01-01 | the first date lies behind the last",
        "run --date 2026-01-01 --stage partial/card | There is no stage partial/card. Did you mean partials/card?",
        "plan --date 2026-01-01 --stage scoer | Did you mean score?",
        "show clena | There is no data set clena. Did you mean clean?",
        "show scores --columns scoer | There is no column scoer. Did you mean score?",
        "show scores --where cardid=C1 | There is no column cardid. Did you mean card_id?",
        "show scores --top risk | There is no column risk.",
        "show clean --date 2026-01-02 | There is no clean of 2026-01-02.",
        "profile crad | There are no profiles of crad. Did you mean card? The pipeline has: clean, card, terminal.",
        "profile clean --date 2026-01-02 | There is no clean of 2026-01-02. Make it with `millrace run`."
      })
  void shouldNameWhatWasMeant(String arguments, String message) {
    List<String> words = new ArrayList<>(List.of(arguments.split(" ")));
    CommandResult result =
        example.millrace(words.remove(0), words.toArray(String[]::new)).expect(ExitCode.USAGE);
    assertTrue(result.err().contains(message), result::err);
    assertEquals("", result.out());
  }

  @Test
  void shouldSayWhatARunDoesLineByLine() {
    List<String> lines = firstRun.err().lines().toList();
    assertEquals(8, lines.size(), firstRun::err);
    assertTrue(
        lines.get(0).matches("\\[1/6] clean/dt=2026-01-01  .* records read  [0-9.]+ s"),
        firstRun::err);
    assertTrue(lines.get(5).startsWith("[6/6] score/dt=2026-01-01  "), firstRun::err);
    assertTrue(firstRun.out().matches("Done: 6 run in [0-9.]+ s, 0 were up to date\\.\\R"));
    assertTrue(
        lines
            .get(6)
            .matches("Set aside by clean: \\d+ of \\d+ records \\([0-9.]+%\\): [a-z_.]+ \\d.*"),
        firstRun::err);
    assertTrue(
        lines
            .get(7)
            .matches(
                "  millrace show .*/pipeline.yaml quarantine/clean --set landing=.* --date 2026-01-01   shows them"),
        firstRun::err);
    assertFalse(firstRun.err().contains("\u001b"), "colours and cursors are for terminals");
  }

  @Test
  void shouldRewriteALineOnATerminal() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), true);
    console.status("half");
    console.say("whole");
    assertEquals("\r\u001b[2Khalf\r\u001b[2Kwhole" + System.lineSeparator(), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void shouldSayWhatAPlanWouldDo() {
    List<String> lines = firstPlan.out().lines().toList();
    assertTrue(lines.get(0).matches("date +stage +what +why +reads +job +makes"), firstPlan::out);
    assertTrue(
        lines
            .get(2)
            .matches("2026-01-01  clean +runs +.* 2 raw files \\(.*\\) +1 map, 2 reduces +.*"),
        firstPlan::out);
    assertTrue(
        lines
            .get(lines.size() - 2)
            .matches(
                "6 jobs; to read: [0-9.]+ KiB of raw files, partitions that are made first\\."),
        firstPlan::out);
    assertEquals("6 of 6 run. Warehouse: " + example.warehouse(), lines.get(lines.size() - 1));
    CommandResult now = example.millrace("plan", "--date", DATE.toString()).expect(ExitCode.DONE);
    assertTrue(now.out().contains("0 of 6 run."), now::out);
  }

  @Test
  void shouldSayWhatAPlanAsksAClusterFor() throws IOException {
    String[] forced = {
      "--date",
      DATE.toString(),
      "--force",
      "--json",
      "-D",
      "mapreduce.framework.name=yarn",
      "-D",
      "mapreduce.reduce.memory.mb=1536",
      "-D",
      "mapreduce.job.queuename=nightly"
    };
    JsonNode plan = json(example.millrace("plan", forced).expect(ExitCode.DONE).out());
    JsonNode clean = plan.get("stages").get(0).get("jobs").get(0);
    assertEquals(
        "{\"tasks\":1,\"memoryMib\":{\"value\":1024,\"from\":\"computed\"},\"heapMib\":768}",
        clean.get("maps").toString());
    assertEquals(
        "{\"tasks\":2,\"memoryMib\":{\"value\":1536,\"from\":\"-D\"},\"heapMib\":1228}",
        clean.get("reduces").toString());
    JsonNode partials = plan.get("stages").get(1).get("jobs").get(0);
    assertTrue(partials.get("maps").path("tasks").isMissingNode(), plan::toString);
    assertEquals("{\"value\":\"nightly\",\"from\":\"-D\"}", plan.get("queue").toString());

    forced[3] = "--verbose";
    String table = example.millrace("plan", forced).expect(ExitCode.DONE).out();
    assertTrue(table.contains("  1 map × 1 GiB, 2 reduces × 1.5 GiB (-D)  "), table);
    assertTrue(
        table.contains(
            "  maps × 1 GiB or more, reduces × 1.5 GiB (-D), of states combined by clean  "),
        table);
    assertTrue(table.contains("Queue: nightly (-D)"), table);
  }

  @Test
  void shouldPlanAsJson() throws IOException {
    CommandResult result =
        example.millrace("plan", "--json", "--date", DATE.toString()).expect(ExitCode.DONE);
    JsonNode plan = json(result.out());
    assertEquals("card-fraud", plan.get("pipeline").asText());
    assertEquals(6, plan.get("stages").size());
    JsonNode clean = plan.get("stages").get(0);
    assertEquals("up to date", clean.get("decision").asText());
    assertEquals("part-0001.csv.gz", clean.get("rawFiles").get(1).asText());
    assertTrue(clean.path("jobs").isMissingNode(), clean::toString);
    assertEquals("", result.err());
  }

  @Test
  void shouldPlanAsJsonWhatIsBlocked() throws IOException {
    CommandResult result = example.millrace("plan", "--json", "--date", "2026-01-02");
    result.expect(ExitCode.INPUT_MISSING);
    JsonNode clean = json(result.out()).get("stages").get(0);
    assertEquals("blocked", clean.get("decision").asText());
    assertTrue(clean.get("fingerprint").isNull(), clean::toString);
    assertTrue(result.err().contains("raw/dt=2026-01-02"), result::err);
  }

  @Test
  void shouldRunAsJson() throws IOException {
    CommandResult result =
        example.millrace("run", "--json", "--force", "--stage", "score", "--date", DATE.toString());
    result.expect(ExitCode.DONE);
    JsonNode run = json(result.out());
    assertEquals(1, run.get("ran").size());
    JsonNode score = run.get("ran").get(0);
    assertEquals("score", score.get("stage").asText());
    assertEquals("forced", score.get("reason").asText());
    long read = score.get("counts").get("score_rows_read_total").asLong();
    assertTrue(read > 0);
    assertEquals(read, score.get("counts").get("score_rows_scored_total").asLong());
    assertEquals("", result.err());
  }

  @Test
  void shouldCountWhatIsSetAsideByRule() throws IOException {
    JsonNode clean =
        json(example
                .millrace("run", "--json", "--force", "--stage", "clean", "--date", DATE.toString())
                .expect(ExitCode.DONE)
                .out())
            .get("ran")
            .get(0);
    Map<String, Long> found = new TreeMap<>();
    for (var record : example.records(example.partition("quarantine/clean", DATE))) {
      found.merge(record.get("rule").toString(), 1L, Long::sum);
    }
    Map<String, Long> told = new TreeMap<>();
    clean
        .get("quarantined")
        .properties()
        .forEach(rule -> told.put(rule.getKey(), rule.getValue().asLong()));
    assertEquals(found, told);
    assertTrue(found.size() > 1, found::toString);
  }

  @Test
  void shouldFailInJson() throws IOException {
    CommandResult invalid =
        CommandResult.of("validate", "--json", example.spec().toString()).expect(ExitCode.USAGE);
    JsonNode failure = json(invalid.out());
    assertFalse(failure.get("valid").asBoolean());
    assertEquals(2, failure.get("exitCode").asInt());
    JsonNode problem = failure.get("problems").get(0);
    assertTrue(problem.get("line").asInt() > 0);
    assertTrue(problem.get("message").asText().contains("has no value"), invalid::out);
    assertEquals(invalid.lastLineOfErr(), failure.get("error").asText());

    CommandResult blocked =
        example.millrace("run", "--json", "--date", "2026-01-02").expect(ExitCode.INPUT_MISSING);
    assertEquals(4, json(blocked.out()).get("exitCode").asInt());
    assertTrue(
        json(blocked.out()).get("error").asText().contains("raw/dt=2026-01-02"), blocked::out);
    assertTrue(
        blocked.err().contains("(looked for in " + example.landing() + "/dt=2026-01-02)"),
        blocked::err);

    CommandResult early =
        example.millrace("run", "--json", "--date", "2025-12-31").expect(ExitCode.USAGE);
    assertEquals(early.lastLineOfErr(), json(early.out()).get("error").asText());
  }

  @Test
  void shouldKnowTheColumnsOfAPartitionWithoutFiles() {
    CommandResult result =
        example
            .millrace("show", "quarantine/score", "--columns", "rule,reason")
            .expect(ExitCode.DONE);
    assertTrue(
        result.out().endsWith("0 of 0 rows of quarantine/score/dt=2026-01-01\n"), result::out);
  }

  @Test
  void shouldValidate() throws IOException {
    CommandResult result = example.millrace("validate").expect(ExitCode.DONE);
    assertTrue(result.out().startsWith("card-fraud is valid."), result::out);
    assertTrue(result.out().contains("card_amount_max_30d"), result::out);
    JsonNode summary = json(example.millrace("validate", "--json").expect(ExitCode.DONE).out());
    assertTrue(summary.get("valid").asBoolean());
    assertEquals("score", summary.get("columns").get("scores").get(3).asText());
  }

  @Test
  void shouldPrintASpecThatIsValidItself(@TempDir Path folder) throws IOException {
    CommandResult resolved = example.millrace("validate", "--resolved").expect(ExitCode.DONE);
    Path copy = folder.resolve("pipeline.yaml");
    Files.writeString(copy, resolved.out());
    Files.writeString(
        folder.resolve("transaction.avsc"),
        example.text(new org.apache.hadoop.fs.Path(example.home(), "transaction.avsc")));
    CommandResult again =
        CommandResult.of("validate", copy.toString(), "--resolved").expect(ExitCode.DONE);
    assertEquals(resolved.out(), again.out());
  }

  @Test
  void shouldShowTheNewestRows() {
    CommandResult result =
        example.millrace("show", "scores", "--limit", "3", "--top", "score").expect(ExitCode.DONE);
    List<String> lines = result.out().lines().toList();
    assertEquals(6, lines.size());
    assertEquals(
        List.of("card_id", "card_txn_count_1d", "card_amount_max_1d", "score"),
        List.of(lines.get(0).split(" +")));
    double first = lastNumber(lines.get(2));
    assertTrue(first >= lastNumber(lines.get(3)), result::out);
    assertTrue(lines.get(5).matches("3 of [0-9]+ rows of scores/dt=2026-01-01"), result::out);
  }

  private static double lastNumber(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Test
  void shouldShowRowsAsJsonLines() throws IOException {
    CommandResult result =
        example
            .millrace(
                "show", "quarantine/clean", "--json", "--columns", "rule,reason", "--limit", "2")
            .expect(ExitCode.DONE);
    List<String> lines = result.out().lines().toList();
    assertEquals(2, lines.size());
    for (String line : lines) {
      assertEquals(2, json(line).size());
      assertFalse(json(line).get("rule").asText().isEmpty());
    }
  }

  @Test
  void shouldShowOnlyRowsThatMatch() throws IOException {
    CommandResult some =
        example.millrace("show", "clean", "--json", "--limit", "1").expect(ExitCode.DONE);
    String card = json(some.out()).get("card_id").asText();
    CommandResult result =
        example
            .millrace("show", "clean", "--where", "card_id=" + card, "--columns", "card_id")
            .expect(ExitCode.DONE);
    List<String> lines = result.out().lines().toList();
    assertTrue(lines.size() > 3, result::out);
    assertTrue(lines.subList(2, lines.size() - 1).stream().allMatch(card::equals), result::out);
  }

  @Test
  void shouldGenerateWhatItSays(@TempDir Path folder) {
    CommandResult result =
        CommandResult.of(
                "generate",
                "card-fraud",
                "--landing",
                folder.toString(),
                "--days",
                "2",
                "--transactions",
                "100",
                "--cards",
                "20",
                "--files",
                "1")
            .expect(ExitCode.DONE);
    assertTrue(result.out().contains("exact duplicate"), result::out);
    assertTrue(result.out().stripTrailing().endsWith("In " + folder), result::out);
    assertTrue(Files.exists(folder.resolve("scorecard.onnx")));
    assertTrue(Files.exists(folder.resolve("dt=2026-01-02/part-0000.csv")));
    assertFalse(Files.exists(folder.resolve("dt=2026-01-03")));
  }

  @Test
  void shouldShowWhatColumnsAreLike() {
    CommandResult shown = example.millrace("profile", "clean").expect(ExitCode.DONE);
    List<String> lines = shown.out().lines().toList();
    assertEquals("clean of 2026-01-01", lines.get(0));
    assertTrue(lines.get(2).matches("column +type +rows +nulls +distinct +min .*"), shown::out);
    assertTrue(shown.out().contains("Most frequent values"), shown::out);
    assertTrue(
        shown.out().matches("(?s).*\\Rchannel +pos [0-9.]+%, web [0-9.]+%\\R.*"), shown::out);
    assertEquals("", shown.err());
    CommandResult features =
        example
            .millrace("profile", "features/card", "--from", "2026-01-01", "--to", "2026-01-09")
            .expect(ExitCode.DONE);
    assertTrue(features.out().startsWith("features/card of 2026-01-01"), features::out);
  }

  @Test
  void shouldShowProfilesAsJson() throws IOException {
    JsonNode profile =
        json(example.millrace("profile", "card", "--json").expect(ExitCode.DONE).out());
    JsonNode card = profile.get("columns").get(0);
    assertEquals("card_id", card.get("column").asText());
    assertEquals(card.get("rows").asLong(), card.get("distinct").asLong());
    JsonNode row =
        json(
            example
                .millrace("show", "profile/clean", "--json", "--where", "column=channel")
                .expect(ExitCode.DONE)
                .out());
    assertEquals("channel", row.get("column").asText());
    assertTrue(row.get("frequent").get(0).get("count").isNumber(), row::toString);
  }

  @Test
  void shouldSayThatThereIsNoProfile(@TempDir Path folder) throws IOException {
    CardFraudFolder other = CardFraudFolder.create(folder);
    other.generate(
        CardFraudSettings.of(DATE, 1)
            .withTransactions(50)
            .withCards(10)
            .withTerminals(5)
            .withFiles(1, 0));
    other.edit("timezone: UTC", "timezone: UTC\nprofile: false");
    other.millrace("run", "--date", DATE.toString(), "--stage", "clean").expect(ExitCode.DONE);
    CommandResult none = other.millrace("profile", "clean").expect(ExitCode.USAGE);
    assertTrue(
        none.err()
            .contains(
                "There is no profile of clean of 2026-01-01: it was made with `profile: false`"),
        none::err);
    // the switch makes nothing stale
    other.edit("profile: false", "profile: true");
    CommandResult again =
        other.millrace("run", "--date", DATE.toString(), "--stage", "clean").expect(ExitCode.DONE);
    assertTrue(again.out().startsWith("Up to date"), again::out);
  }
}
