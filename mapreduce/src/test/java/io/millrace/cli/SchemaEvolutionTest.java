package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas and aggregates that change while a warehouse stands; values worked out by hand. */
class SchemaEvolutionTest {
  private static final String DAY_1 = "2026-01-01";
  private static final String DAY_2 = "2026-01-02";
  private static final String DAY_3 = "2026-01-03";

  @TempDir Path home;
  private PipelineFolder pipeline;

  @BeforeEach
  void landTwoDays() throws IOException {
    pipeline =
        new PipelineFolder(home)
            .fields("card string", "ts timestamp-millis", "amount int", "note string?")
            .spec(
                """
                pipeline: evolution
                warehouse: "${warehouse}"
                source: {path: "${landing}/${date}", schema: row.avsc, event_time: ts, from: 2026-01-01}
                features:
                  card:
                    entity: card
                    windows: 3d
                    aggregates:
                      n: COUNT(*)
                      total: SUM(amount)
                      last_note: MAX(note)
                """)
            .land(DAY_1, "card,ts,amount,note", "x,2026-01-01T08:00Z,1,a", "y,2026-01-01T08:00Z,3,")
            .land(DAY_2, "card,ts,amount,note", "x,2026-01-02T08:00Z,10,b")
            .land(DAY_3, "card,ts,amount,note", "x,2026-01-03T08:00Z,100,");
  }

  private CommandResult runDay(String date) {
    return pipeline.millrace("run", "--date", date).expect(ExitCode.DONE);
  }

  private List<String> features(String date, String... columns) throws IOException {
    return pipeline.values("features/card", date, columns);
  }

  @Test
  void shouldReadOlderPartialsThatHaveTheirStatesInAnotherOrderOrMoreOfThem() throws IOException {
    pipeline.run(DAY_1, DAY_2);
    pipeline.edit(
        "n: COUNT(*)\n      total: SUM(amount)\n      last_note: MAX(note)",
        "last_note: MAX(note)\n      total: SUM(amount)");
    runDay(DAY_3);
    assertEquals(
        List.of("x b 111", "y null 3"),
        features(DAY_3, "card", "card_last_note_3d", "card_total_3d"));
  }

  /** Runs two days and takes their raw files away. */
  private void runTwoDaysAndLoseThem() throws IOException {
    pipeline.run(DAY_1, DAY_2);
    pipeline.unland(DAY_1).unland(DAY_2);
  }

  private CommandResult runDayAndHistory() {
    return pipeline.millrace("run", "--date", DAY_3, "--with-history").expect(ExitCode.DONE);
  }

  @Test
  void shouldReadOlderRecordsByAliasInWiderTypesWithDefaultsAndInAnyOrder() throws IOException {
    runTwoDaysAndLoseThem();
    // amount is wider, renamed, and at another place; note is gone; channel has come
    pipeline
        .fields(
            "cents long \"aliases\": [\"amount\"]",
            "ts timestamp-micros",
            "channel string \"default\": \"wéb\"",
            "card string")
        .edit(
            "total: SUM(amount)\n      last_note: MAX(note)",
            "total: SUM(cents)\n      half: SUM(cents / 2)\n      last_channel: MAX(channel)")
        .land(
            DAY_3,
            "a.csv",
            "card,ts,amount\nx,2026-01-03T08:00Z,100\n"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .land(
            DAY_3,
            "b.csv",
            "channel,cents,ts,card\npos,3000000000,2026-01-03T09:00Z,y\n"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    CommandResult run = runDayAndHistory();
    assertEquals(
        List.of("x 3 111 55.5 wéb", "y 2 3000000003 1.5000000015E9 wéb"),
        features(
            DAY_3, "card", "card_n_3d", "card_total_3d", "card_half_3d", "card_last_channel_3d"));
    assertTrue(
        pipeline
            .notes("partials/card", DAY_1)
            .contains(
                "the clean records were written without channel, which counts as its default or NULL"
                    + " there; they have note: if one of them is meant, name it in the column's"
                    + " aliases"),
        run::err);
    assertEquals(List.of(), pipeline.notes("partials/card", DAY_3));
    pipeline.run(DAY_1, DAY_3);
    // nothing is left to do, though clean records of the first days are as they were
    assertEquals("Up to date: all 9 stages.", pipeline.run(DAY_1, DAY_3).out().strip());
    assertEquals(List.of("1", "3"), pipeline.values("clean", DAY_1, "amount"));
  }

  @Test
  void shouldRefuseARenamedColumnWithoutAlias() throws IOException {
    runTwoDaysAndLoseThem();
    pipeline
        .fields("card string", "ts timestamp-millis", "cents int", "note string?")
        .edit("SUM(amount)", "SUM(cents)");
    for (String command : List.of("plan", "run")) {
      CommandResult refused =
          pipeline.millrace(command, "--date", DAY_3, "--with-history").expect(ExitCode.USAGE);
      assertTrue(
          refused
              .err()
              .contains(
                  "pipeline.yaml:3:46: Cannot read clean/dt=2026-01-01 and 1 more, which are not made"
                      + " again: column cents, today \"int\" without a default, was not written;"
                      + " there are card, ts, amount, note. Keep the old type or a wider one, name a"
                      + " column's old name in its aliases"),
          refused::err);
    }
    pipeline.fields(
        "card string",
        "ts timestamp-millis",
        "cents int \"aliases\": [\"amount\"]",
        "note string?");
    runDayAndHistory();
    assertEquals(List.of("x 111", "y 3"), features(DAY_3, "card", "card_total_3d"));
  }

  @Test
  void shouldRefuseANarrowerTypeWhereOlderRecordsStayAsTheyAre() throws IOException {
    pipeline.fields("card string", "ts timestamp-millis", "amount long", "note string?");
    pipeline.run(DAY_1, DAY_2);
    pipeline
        .fields("card string", "ts timestamp-millis", "amount int", "note string?")
        .edit("total: SUM(amount)", "total: SUM(amount)\n      most: MAX(amount)");
    // while the raw files are there, all is made again
    pipeline.millrace("plan", "--date", DAY_3, "--with-history").expect(ExitCode.DONE);
    pipeline.unland(DAY_1);
    CommandResult refused =
        pipeline.millrace("run", "--date", DAY_3, "--with-history").expect(ExitCode.USAGE);
    assertTrue(
        refused
            .err()
            .contains(
                "Cannot read clean/dt=2026-01-01, which is not made again: column amount was written"
                    + " as \"long\", which cannot be read as \"int\" without loss"),
        refused::err);
  }

  @Test
  void shouldRefusePartialsThatLackAStateAndCannotBeMadeAgain() throws IOException {
    runTwoDaysAndLoseThem();
    for (String date : List.of(DAY_1, DAY_2)) {
      pipeline.removePartition("clean", date).removePartition("quarantine/clean", date);
    }
    pipeline.edit("total: SUM(amount)", "total: SUM(amount)\n      most: MAX(amount)");
    CommandResult refused =
        pipeline.millrace("run", "--date", DAY_3, "--with-history").expect(ExitCode.USAGE);
    assertTrue(
        refused
            .err()
            .contains(
                "Cannot read partials/card/dt=2026-01-01 and 1 more, which are not made again:"
                    + " max_amount [\"null\",\"int\"] is not there; the records have card,"
                    + " event_day, count"),
        refused::err);
  }

  @Test
  void shouldLeaveAloneWhatDoesNotReadAColumnThatWentAway() throws IOException {
    pipeline.edit("      last_note: MAX(note)\n", "");
    pipeline.run(DAY_1, DAY_2);
    pipeline.fields("amount int", "card string", "ts timestamp-millis");
    CommandResult run = runDay(DAY_3);
    assertTrue(run.out().startsWith("Done: 3 run"), run::out);
    assertEquals(
        List.of("x 3 111", "y 1 3"), features(DAY_3, "card", "card_n_3d", "card_total_3d"));
  }

  @Test
  void shouldLeaveOlderDatesAloneWhoseFilesDoNotHaveAColumnThatCame() throws IOException {
    pipeline.land(DAY_2, "card,ts,amount,note,fee", "x,2026-01-02T08:00Z,10,b,0.5");
    pipeline.run(DAY_1, DAY_3);
    pipeline
        .fields("card string", "ts timestamp-millis", "amount int", "fee double?", "note string?")
        .edit("total: SUM(amount)", "total: SUM(amount)\n      fees: SUM(fee)");
    CommandResult plan =
        pipeline.millrace("plan", "--from", DAY_1, "--to", DAY_3).expect(ExitCode.DONE);
    assertTrue(plan.out().contains("7 of 9 run."), plan::out);
    pipeline.run(DAY_1, DAY_3);
    assertEquals(List.of("x null", "y null"), features(DAY_1, "card", "card_fees_3d"));
    assertEquals(
        List.of("x 111 0.5", "y 3 null"), features(DAY_3, "card", "card_total_3d", "card_fees_3d"));
    // the first and the last day had no such column, the second had
    assertTrue(pipeline.records("clean", DAY_1).get(0).getSchema().getField("fee") == null);
    assertEquals(List.of("0.5"), pipeline.values("clean", DAY_2, "fee"));
    // what is made from scratch says the same
    pipeline.millrace("run", "--force", "--from", DAY_1, "--to", DAY_3).expect(ExitCode.DONE);
    assertEquals(List.of("null", "null"), pipeline.values("clean", DAY_1, "fee"));
    assertEquals(
        List.of("x 111 0.5", "y 3 null"), features(DAY_3, "card", "card_total_3d", "card_fees_3d"));
    assertEquals("Up to date: all 9 stages.", pipeline.run(DAY_1, DAY_3).out().strip());
  }
}
