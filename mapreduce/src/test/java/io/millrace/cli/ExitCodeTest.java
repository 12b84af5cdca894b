package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.example.CardFraudSettings;
import io.millrace.example.DefectCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How runs end that do not go well, and what they leave behind. */
class ExitCodeTest {
  private static final String[] FIRST_DAY = {"--date", CardFraudFolder.FIRST.toString()};

  @TempDir Path folder;
  private CardFraudFolder example;
  private DefectCounts generated;

  @BeforeEach
  void generate() throws IOException {
    example = CardFraudFolder.create(folder);
    generated =
        example
            .generate(
                CardFraudSettings.of(CardFraudFolder.FIRST, 1)
                    .withTransactions(800)
                    .withCards(50)
                    .withTerminals(20)
                    .withFiles(2, 0))
            .get(0);
  }

  @Test
  void shouldWarnWhereMostRecordsAreSetAside() throws IOException {
    example.edit("fail_above: 5%", "");
    example.edit("amount BETWEEN 0 AND 100000", "amount BETWEEN 0 AND 1");
    CommandResult run =
        example.millrace("run", "--stage", "clean", "--date", "2026-01-01").expect(ExitCode.DONE);
    String warning =
        run.err().lines().filter(line -> line.startsWith("Warning: clean")).findFirst().orElse("");
    assertTrue(
        warning.matches(
            "Warning: clean/dt=2026-01-01: [0-9,]+ of [0-9,]+ records \\([0-9]+%\\) were set aside,"
                + " and clean.fail_above let it pass. By rule: amount_in_range .*"),
        run::err);
  }

  @Test
  void shouldSayThatItCannotWriteToTheWarehouse() throws IOException {
    Path file = folder.resolve("a-file");
    Files.writeString(file, "no folder");
    CommandResult run =
        CommandResult.of(
                "run",
                example.spec().toString(),
                "--set",
                "landing=" + example.landing(),
                "--set",
                "warehouse=" + file.resolve("warehouse"),
                "--date",
                "2026-01-01")
            .expect(ExitCode.FAILED);
    assertTrue(
        run.lastLineOfErr().startsWith("Cannot write to the warehouse: the record "), run::err);
    CommandResult unknown =
        CommandResult.of(
                "plan",
                example.spec().toString(),
                "--set",
                "landing=" + example.landing(),
                "--set",
                "warehouse=nosuch://bucket/warehouse",
                "--date",
                "2026-01-01")
            .expect(ExitCode.FAILED);
    assertTrue(
        unknown
            .lastLineOfErr()
            .startsWith("Cannot reach the warehouse nosuch://bucket/warehouse: "),
        unknown::err);
  }

  @Test
  void shouldPublishNothingAboveTheQualityLimit() throws IOException {
    example.edit("fail_above: 5%", "fail_above: 0.01%");
    CommandResult run = example.millrace("run", FIRST_DAY).expect(ExitCode.QUALITY);
    long quarantined = generated.quarantined(true);
    assertTrue(
        run.lastLineOfErr()
            .startsWith(
                "clean/dt=2026-01-01: %d of %d records were quarantined ("
                    .formatted(quarantined, generated.lines())),
        run::err);
    assertTrue(
        run.lastLineOfErr()
            .contains("more than clean.fail_above allows (0.01%). By rule: amount_in_range "),
        run::err);
    assertEquals(Set.of(), example.dataFiles().keySet());
    assertFalse(Files.exists(folder.resolve("warehouse/quarantine/clean/dt=2026-01-01")));
    List<String> runs = example.names(new org.apache.hadoop.fs.Path(example.warehouse(), "_runs"));
    assertEquals(1, runs.size());
    org.apache.hadoop.fs.Path kept =
        new org.apache.hadoop.fs.Path(
            example.warehouse(), "_runs/" + runs.get(0) + "/quarantine/clean/dt=2026-01-01");
    assertTrue(run.lastLineOfErr().endsWith("what was set aside is in " + kept), run::err);
    List<GenericRecord> records = example.records(kept);
    assertEquals(quarantined, records.size());
    assertTrue(records.stream().noneMatch(row -> row.get("reason").toString().isEmpty()));
  }

  @Test
  void shouldRunAgainWhenTheLimitIsRaised() throws IOException {
    example.edit("fail_above: 5%", "fail_above: 0.01%");
    example.millrace("run", FIRST_DAY).expect(ExitCode.QUALITY);
    example.edit("fail_above: 0.01%", "fail_above: 5%");
    assertTrue(
        example.millrace("run", FIRST_DAY).expect(ExitCode.DONE).out().startsWith("Done: 6 run"));
  }

  @Test
  void shouldAskToWaitForInput() {
    CommandResult run = example.millrace("run", "--from", "2026-01-01", "--to", "2026-01-02");
    run.expect(ExitCode.INPUT_MISSING);
    assertTrue(run.err().contains("raw/dt=2026-01-02: the raw input is not there"), run::err);
    assertTrue(
        run.lastLineOfErr().startsWith("Run the same command when the input has landed"), run::err);
    assertEquals("", run.out());
    assertFalse(
        Files.exists(folder.resolve("warehouse/clean")), "nothing runs where a day is missing");
  }

  @Test
  void shouldTakeAMissingDayForAnEmptyOneWhereTheSpecSaysSo() throws IOException {
    example.edit("missing: fail", "missing: empty");
    example.millrace("run", "--from", "2026-01-01", "--to", "2026-01-02").expect(ExitCode.DONE);
    assertEquals(
        0, example.records(example.partition("clean", CardFraudFolder.FIRST.plusDays(1))).size());
    assertFalse(
        example
            .records(example.partition("features/card", CardFraudFolder.FIRST.plusDays(1)))
            .isEmpty());
  }

  @Test
  void shouldSayAllThatIsWrongWithASpec() throws IOException {
    example.edit("amount BETWEEN 0 AND 100000", "amuont BETWEEN 0 AND 100000");
    example.edit("fail_above: 5%", "fail_abov: 5%");
    CommandResult run = example.millrace("run", FIRST_DAY).expect(ExitCode.USAGE);
    assertEquals("", run.out());
    assertTrue(run.err().contains("pipeline.yaml:"), run::err);
    assertTrue(run.err().contains("`fail_above`"), run::err);
    assertTrue(run.lastLineOfErr().endsWith("nothing was run."), run::err);
    assertFalse(Files.exists(folder.resolve("warehouse")));
  }

  @Test
  void shouldSayWhichColumnASpecMeans() throws IOException {
    example.edit("amount BETWEEN 0 AND 100000", "amuont BETWEEN 0 AND 100000");
    CommandResult run = example.millrace("run", FIRST_DAY).expect(ExitCode.USAGE);
    assertTrue(run.err().contains("amuont"), run::err);
    assertTrue(run.err().contains("did you mean amount?"), run::err);
  }

  @Test
  void shouldFailWhereAFileIsDamaged() throws IOException {
    Files.write(
        folder.resolve("landing/dt=2026-01-01/part-0002.csv.gz"), new byte[] {31, -117, 8, 0, 1});
    CommandResult run = example.millrace("run", FIRST_DAY).expect(ExitCode.FAILED);
    assertTrue(run.err().contains("part-0002.csv.gz"), run::err);
    assertFalse(run.err().contains("\tat "), run::err);
    assertFalse(Files.exists(folder.resolve("warehouse/clean/dt=2026-01-01")));
    Files.delete(folder.resolve("landing/dt=2026-01-01/part-0002.csv.gz"));
    example.millrace("run", FIRST_DAY).expect(ExitCode.DONE);
  }

  @Test
  void shouldRefuseToRunBeforeTheFirstDate() {
    CommandResult run = example.millrace("run", "--date", "2025-12-31").expect(ExitCode.USAGE);
    assertEquals(
        "Cannot run 2025-12-31: the pipeline begins on 2026-01-01 (source.from). Give a later date, or an earlier source.from.",
        run.err().strip());
  }
}
