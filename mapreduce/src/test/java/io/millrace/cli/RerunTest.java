package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second run does after something has changed since the first. */
class RerunTest {
  private static final LocalDate FIRST = CardFraudFolder.FIRST;
  private static final LocalDate LAST = FIRST.plusDays(1);
  private static final String[] LAST_DAY = {"--date", LAST.toString()};
  private static final String[] BOTH_DAYS = {"--from", FIRST.toString(), "--to", LAST.toString()};
  private static final String RULE = "amount BETWEEN 0 AND 100000";
  private static final String OTHER_RULE = "amount BETWEEN 0 AND 99999";
  private static final String UP_TO_DATE = "up to date: ";

  @TempDir static Path made;
  @TempDir Path folder;
  private CardFraudFolder example;

  @BeforeAll
  static void runTwoDays() throws IOException {
    CardFraudFolder example = CardFraudFolder.create(made);
    example.generate(
        CardFraudSettings.of(FIRST, 2)
            .withTransactions(300)
            .withCards(50)
            .withTerminals(20)
            .withFiles(2, 0));
    example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
  }

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> paths = Files.walk(made)) {
      for (Path path : paths.toList()) {
        Path copy = folder.resolve(made.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    example =
        new CardFraudFolder(
            CardFraudFolder.local(), new org.apache.hadoop.fs.Path(folder.toUri()), List.of());
  }

  private Path raw(LocalDate date, String name) {
    return folder.resolve("landing/dt=" + date).resolve(name);
  }

  /** What the plan says of each stage of the last day. */
  private Map<String, String> plan(String... dates) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--json"));
    arguments.addAll(List.of(dates.length == 0 ? LAST_DAY : dates));
    CommandResult plan = example.millrace("plan", arguments.toArray(String[]::new));
    Map<String, String> decisions = new LinkedHashMap<>();
    for (JsonNode stage : new JsonMapper().readTree(plan.out()).get("stages")) {
      if (stage.get("date").asText().equals(LAST.toString())) {
        decisions.put(
            stage.get("stage").asText(),
            stage.get("decision").asText() + ": " + stage.get("reason").asText());
      }
    }
    return decisions;
  }

  private static void assertUpToDate(Map<String, String> decisions, String... stages) {
    for (String stage : stages) {
      assertEquals(UP_TO_DATE, decisions.get(stage), stage);
    }
  }

  @Test
  void shouldRunEverythingThatHangsOnARule() throws IOException {
    example.edit(RULE, OTHER_RULE);
    CommandResult plan = example.millrace("plan", BOTH_DAYS).expect(ExitCode.DONE);
    assertTrue(plan.out().contains("12 of 12 run."), plan::out);
    Map<String, String> decisions = plan(BOTH_DAYS);
    assertEquals(
        "runs: stale: rules.amount_in_range was `%s`, is `%s`".formatted(RULE, OTHER_RULE),
        decisions.get("clean"));
    assertTrue(decisions.values().stream().allMatch(what -> what.startsWith("runs: stale")));
    CommandResult run = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertTrue(run.out().startsWith("Done: 12 run in "), run::out);
    assertTrue(run.out().endsWith(", 0 were up to date." + System.lineSeparator()), run::out);
    example.edit(OTHER_RULE, RULE);
    run = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertTrue(run.out().startsWith("Done: 12 run in "), run::out);
  }

  @Test
  void shouldStopWhereEarlierDaysAreStale() throws IOException {
    example.edit(RULE, OTHER_RULE);
    CommandResult run = example.millrace("run", LAST_DAY).expect(ExitCode.INPUT_MISSING);
    assertTrue(
        run.lastLineOfErr().startsWith("Make them first:  millrace backfill " + example.spec()),
        run::err);
    assertTrue(
        run.lastLineOfErr().contains(" --from 2026-01-01 --to 2026-01-01 "), run::lastLineOfErr);
    example.millrace("run", "--with-history", "--date", LAST.toString()).expect(ExitCode.DONE);
    assertUpToDate(plan(), "clean", "partials/card", "features/card", "score");
  }

  @Test
  void shouldRunOneGroupForAColumnThatOnlyItReads() throws IOException {
    example.edit("      risk: AVG(CASE", "      amount_sum: SUM(amount)\n      risk: AVG(CASE");
    Map<String, String> decisions = plan();
    assertUpToDate(decisions, "clean", "partials/card", "features/card", "score");
    assertTrue(decisions.get("partials/terminal").startsWith("runs: "), decisions::toString);
    assertTrue(decisions.get("features/terminal").contains("blocked"), decisions::toString);
  }

  @Test
  void shouldRunNothingForLimitsAndComments() throws IOException {
    example.edit("fail_above: 5%", "fail_above: 6% # was");
    assertUpToDate(plan(), "clean", "partials/card", "features/card", "partials/terminal", "score");
  }

  @Test
  void shouldScoreAgainWithAnotherModel() throws IOException {
    Path model = folder.resolve("landing/scorecard.onnx");
    byte[] bytes = Files.readAllBytes(model);
    // the producer's name: another file, the same scores
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("millrace");
    assertTrue(at >= 0);
    bytes[at] = 'M';
    Files.write(model, bytes);
    Map<String, String> decisions = plan();
    assertUpToDate(decisions, "clean", "features/card", "features/terminal");
    assertEquals("runs: stale: score.model changed", decisions.get("score"));
  }

  @Test
  void shouldNotMindATouchedFile() throws IOException {
    Files.setLastModifiedTime(raw(LAST, "part-0000.csv"), FileTime.fromMillis(1_000_000_000_000L));
    CommandResult run = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertEquals("Up to date: all 12 stages.", run.out().strip());
    assertEquals("", run.err());
  }

  @Test
  void shouldRunAgainForAChangedByte() throws IOException {
    Path file = raw(LAST, "part-0001.csv");
    byte[] bytes = Files.readAllBytes(file);
    FileTime modified = Files.getLastModifiedTime(file);
    bytes[bytes.length - 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified.toMillis() + 1));
    Map<String, String> decisions = plan();
    assertEquals("runs: stale: raw/part-0001.csv changed", decisions.get("clean"));
    assertTrue(decisions.values().stream().allMatch(what -> what.startsWith("runs: ")));
    CommandResult run = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertTrue(run.out().contains("Done: 6 run in "), run::out);
    assertTrue(run.out().contains("6 were up to date"), run::out);
  }

  @Test
  void shouldRunAgainForAFileThatCameLate() throws IOException {
    Files.copy(raw(FIRST, "part-0000.csv"), raw(LAST, "part-0002.csv"));
    assertEquals("runs: stale: raw/part-0002.csv is new", plan().get("clean"));
  }

  @Test
  void shouldKeepWhatWasMadeOfADayThatIsGone() throws IOException {
    for (String name : List.of("part-0000.csv", "part-0001.csv")) {
      Files.delete(raw(FIRST, name));
    }
    Files.delete(raw(FIRST, "part-0000.csv").getParent());
    CommandResult run = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertEquals("Up to date: all 12 stages.", run.out().strip());
    example.edit(RULE, OTHER_RULE);
    run = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertTrue(run.err().contains("Warning: clean/dt=2026-01-01: "), run::err);
    assertTrue(run.err().contains("rules.amount_in_range"), run::err);
    assertFalse(run.err().contains("] clean/dt=2026-01-01"), run::err);
    assertTrue(run.err().contains("] clean/dt=2026-01-02"), run::err);
  }

  @Test
  void shouldMakeAgainWhatIsForced() throws IOException {
    String file = "clean/dt=2026-01-02/part-r-00000.avro";
    byte[] before = example.bytes(example.dataFiles().get(file));
    CommandResult run =
        example
            .millrace("run", "--force", "--stage", "clean", "--date", LAST.toString())
            .expect(ExitCode.DONE);
    assertTrue(run.out().startsWith("Done: 1 run in "), run::out);
    assertArrayEquals(before, example.bytes(example.dataFiles().get(file)));
    assertUpToDate(plan(), "clean", "partials/card", "features/card", "score");
  }

  @Test
  void shouldMakeAgainWhatSomebodyDeleted() throws IOException {
    example.fileSystem().delete(example.partition("features/card", LAST), true);
    Map<String, String> decisions = plan();
    assertUpToDate(decisions, "clean", "partials/card", "features/terminal");
    assertTrue(decisions.get("features/card").startsWith("runs: "), decisions::toString);
    CommandResult run = example.millrace("run", LAST_DAY).expect(ExitCode.DONE);
    assertTrue(run.out().startsWith("Done: 1 run in "), run::out);
  }

  @Test
  void shouldShowThatAllIsDone() throws IOException {
    CommandResult status = example.millrace("status").expect(ExitCode.DONE);
    List<String> lines = status.out().lines().toList();
    assertTrue(lines.get(2).matches("2026-01-01( +done){6}"), status::out);
    assertTrue(lines.get(3).matches("2026-01-02( +done){6}"), status::out);
    assertTrue(lines.get(5).startsWith("12 partitions: 12 done. Warehouse: "), status::out);
    assertEquals(6, lines.size(), status::out);
    assertEquals("", status.err());
  }

  @Test
  void shouldShowWhatIsStaleAndWhyAndHowToMendIt() throws IOException {
    example.edit(RULE, OTHER_RULE);
    String rule = "rules.amount_in_range was `%s`, is `%s`".formatted(RULE, OTHER_RULE);
    CommandResult status = example.millrace("status").expect(ExitCode.DONE);
    assertTrue(
        status
            .out()
            .lines()
            .anyMatch(
                line ->
                    line.matches("2026-01-01 … 2026-01-02 +clean +stale: .*")
                        && line.endsWith(rule)),
        status::out);
    assertTrue(
        status.out().contains("score  stale because of clean of 2026-01-01 … 2026-01-02: " + rule),
        status::out);
    String mend = status.out().lines().reduce((first, last) -> last).orElse("");
    String prefix = "Make what is stale or missing:  millrace ";
    assertTrue(mend.startsWith(prefix + "backfill " + example.spec()), mend);
    assertTrue(mend.endsWith(" --from 2026-01-01 --to 2026-01-02"), mend);
    CommandResult.of(mend.substring(prefix.length()).split(" ")).expect(ExitCode.DONE);
    assertTrue(example.millrace("status").out().contains("12 partitions: 12 done."));
  }

  @Test
  void shouldMendEarlierDaysWithHistory() throws IOException {
    example.edit(RULE, OTHER_RULE);
    String mend =
        new JsonMapper()
            .readTree(example.millrace("status", with("--json", LAST_DAY)).out())
            .get("commands")
            .get(0)
            .asText();
    assertTrue(mend.startsWith("millrace backfill "), mend);
    assertTrue(mend.endsWith("--date 2026-01-02"), mend);
    CommandResult.of(mend.substring("millrace ".length()).split(" ")).expect(ExitCode.DONE);
    CommandResult status = example.millrace("status", with("--json", LAST_DAY));
    JsonNode json = new JsonMapper().readTree(status.out());
    assertEquals("done", json.get("dates").get(0).get("stages").get("score").asText());
    assertEquals(0, json.get("reasons").size());
  }

  @Test
  void shouldShowWhatFailedAndWhichInputIsMissing() throws IOException {
    example.edit("fail_above: 5%", "fail_above: 0%");
    Files.copy(raw(FIRST, "part-0000.csv"), raw(LAST, "part-0002.csv"));
    example.millrace("run", LAST_DAY).expect(ExitCode.QUALITY);
    CommandResult status = example.millrace("status", "--from", "2026-01-01", "--to", "2026-01-03");
    status.expect(ExitCode.DONE);
    assertTrue(
        status.out().contains("18 partitions: 6 done, 5 stale, 1 failed, 6 blocked."), status::out);
    assertTrue(status.out().contains("2026-01-02  clean  clean/dt=2026-01-02: "), status::out);
    assertTrue(status.out().contains("the raw input is not there"), status::out);
    assertTrue(
        status.out().contains("Raw input is missing of 2026-01-03: expected in "), status::out);
  }

  @Test
  void shouldShowManyDatesInLetters() throws IOException {
    CommandResult status = example.millrace("status", "--from", "2026-01-01", "--to", "2026-12-31");
    List<String> lines = status.expect(ExitCode.DONE).out().lines().toList();
    assertEquals("┌ clean", lines.get(0));
    assertEquals("│ ┌ partials/card", lines.get(1));
    assertTrue(lines.contains(". . . . . .  2026-01-01 … 2026-01-02"), status::out);
    assertTrue(lines.contains("b b b b b b  2026-01-03 … 2026-12-31"), status::out);
    assertTrue(status.out().contains("the raw input is not there"), status::out);
    CommandResult each =
        example.millrace("status", "--verbose", "--from", "2026-01-01", "--to", "2026-12-31");
    assertTrue(each.out().lines().anyMatch(". . . . . .  2026-01-02"::equals), each::out);
    assertTrue(each.out().lines().anyMatch("b b b b b b  2026-12-31"::equals), each::out);
  }

  @Test
  void shouldSayWhatAnEditWouldCost() throws IOException {
    Path old = folder.resolve("old.yaml");
    Files.copy(folder.resolve("pipeline.yaml"), old);
    example.edit("      risk: AVG(CASE", "      amount_sum: SUM(amount)\n      risk: AVG(CASE");
    CommandResult plan =
        example.millrace("plan", "--against", old.toString()).expect(ExitCode.DONE);
    assertTrue(
        plan.out().startsWith("The edit makes 4 partitions stale; 8 stay as they are."), plan::out);
    assertTrue(plan.out().contains("4 jobs, about "), plan::out);
    assertTrue(
        plan.out()
            .contains(
                "  features/terminal gets terminal_amount_sum_1d, terminal_amount_sum_30d,"
                    + " terminal_amount_sum_7d"),
        plan::out);
    JsonNode json =
        new JsonMapper()
            .readTree(example.millrace("plan", "--json", "--against", old.toString()).out());
    assertEquals("partials/terminal", json.get("costs").get(0).get("stage").asText());
    assertTrue(json.get("costs").get(0).get("bytes").get("clean").asLong() > 1000);
    assertTrue(json.get("costs").get(0).get("seconds").asDouble() > 0);
    // exactly that is made
    CommandResult run = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertTrue(run.out().startsWith("Done: 4 run in "), run::out);
    CommandResult same = example.millrace("plan", "--against", example.spec().toString());
    assertEquals(
        "The edit makes nothing stale: 12 partitions stay as they are.", same.out().strip());
  }

  private static String[] with(String option, String... more) {
    List<String> all = new ArrayList<>(List.of(option));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
