package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Duplicates across dates, from landing files to features. */
class AcrossDatesCommandTest {
  @TempDir Path home;
  private PipelineFolder pipeline;

  @BeforeEach
  void landFourDays() throws IOException {
    pipeline =
        new PipelineFolder(home)
            .fields("id string", "card string", "ts timestamp-millis", "amount long")
            .spec(
                """
                pipeline: across
                warehouse: "${warehouse}"
                source:
                  path: "${landing}/${date}"
                  schema: row.avsc
                  event_time: ts
                  from: 2026-01-01
                clean:
                  deduplicate: {by: id, keep: latest, across: 2d}
                features:
                  card: {entity: card, windows: 7d, aggregates: {total: SUM(amount)}}
                """)
            // a is kept on the 1st, comes twice again, and once more when the 1st is too long ago
            .land("2026-01-01", "id,card,ts,amount", "a,x,2026-01-01T08:00Z,1")
            .land(
                "2026-01-02",
                "id,card,ts,amount",
                "a,x,2026-01-02T08:00Z,10",
                "a,x,2026-01-02T09:00Z,20",
                "b,x,2026-01-02T08:00Z,100",
                "b,x,2026-01-02T09:00Z,200")
            .land("2026-01-03", "id,card,ts,amount", "a,x,2026-01-03T08:00Z,1000")
            .land(
                "2026-01-04",
                "id,card,ts,amount",
                "a,x,2026-01-04T08:00Z,10000",
                "b,x,2026-01-04T08:00Z,20000");
  }

  private List<String> total(String date) throws IOException {
    return pipeline.values("features/card", date, "card", "card_total_7d");
  }

  @Test
  void shouldLetTheRecordOfAnEarlierDayWin() throws IOException {
    pipeline.run("2026-01-01", "2026-01-04");
    assertEquals(List.of("x 1"), total("2026-01-01"));
    assertEquals(List.of("x 201"), total("2026-01-02"));
    assertEquals(List.of("x 201"), total("2026-01-03"));
    // a was kept last on the 1st, which is three days ago; b on the 2nd
    assertEquals(List.of("x 10201"), total("2026-01-04"));
    var counts = pipeline.counts("clean", "2026-01-02");
    assertEquals(4, counts.get("clean_records_read_total"));
    assertEquals(1, counts.get("clean_records_kept_total"));
    assertEquals(3, counts.get("clean_records_duplicate_total"));
    assertEquals(2, counts.get("clean_records_duplicate_of_earlier_total"));
    assertEquals(0, counts.get("clean_records_quarantined_total"));
  }

  @Test
  void shouldMakeEarlierDaysFirstOrSayHow() throws IOException {
    CommandResult run =
        pipeline.millrace("run", "--date", "2026-01-04").expect(ExitCode.INPUT_MISSING);
    assertTrue(run.err().contains("  clean of 2026-01-02 … 2026-01-04: not made yet"), run::err);
    assertTrue(run.lastLineOfErr().contains(" --from 2026-01-01 --to 2026-01-03 "), run::err);
    pipeline.millrace("run", "--with-history", "--date", "2026-01-04").expect(ExitCode.DONE);
    assertEquals(List.of("x 10201"), total("2026-01-04"));
  }

  @Test
  void shouldFollowADayThatLandsAgain() throws IOException {
    pipeline.run("2026-01-01", "2026-01-04");
    String before = pipeline.bytes("clean", "2026-01-04");
    // a does not come on the 1st any more: it is kept on the 2nd, and so not on the 4th
    pipeline.land("2026-01-01", "id,card,ts,amount", "c,x,2026-01-01T08:00Z,1");
    CommandResult plan = pipeline.millrace("plan", "--from", "2026-01-01", "--to", "2026-01-04");
    assertTrue(
        plan.out().contains("stale because of clean/dt=2026-01-01: raw/a.csv changed"), plan::out);
    pipeline.run("2026-01-01", "2026-01-04");
    assertEquals(List.of("x 1"), total("2026-01-01"));
    assertEquals(List.of("x 221"), total("2026-01-02"));
    assertEquals(List.of("x 221"), total("2026-01-04"));
    assertEquals(List.of(), pipeline.values("clean", "2026-01-04", "id"));
    pipeline.land("2026-01-01", "id,card,ts,amount", "a,x,2026-01-01T08:00Z,1");
    pipeline.run("2026-01-01", "2026-01-04");
    assertEquals(before, pipeline.bytes("clean", "2026-01-04"));
  }
}
