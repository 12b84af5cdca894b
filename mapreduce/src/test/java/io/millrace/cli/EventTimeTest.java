package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landing dates and event times, from landing files to features; all values worked out by hand. */
class EventTimeTest {
  @TempDir Path home;

  private PipelineFolder pipeline(String timeType, String from, String sourceOptions, String group)
      throws IOException {
    return new PipelineFolder(home)
        .fields("card string", "ts " + timeType, "amount long")
        .spec(
            """
            pipeline: corners
            warehouse: "${warehouse}"
            source:
              path: "${landing}/${date}"
              schema: row.avsc
              event_time: ts
              from: %s
              %s
            clean:
              rules: {positive: amount > 0}
            features:
              card:
                entity: card
                %s
                aggregates: {total: "COALESCE(SUM(amount), 0)"}
            """
                .formatted(from, sourceOptions, group));
  }

  private static void land(PipelineFolder pipeline, String date, String... records)
      throws IOException {
    String[] lines = new String[records.length + 1];
    lines[0] = "card,ts,amount";
    System.arraycopy(records, 0, lines, 1, records.length);
    pipeline.land(date, lines);
  }

  private static List<String> totals(PipelineFolder pipeline, String date, String... windows)
      throws IOException {
    String[] columns = new String[windows.length + 1];
    columns[0] = "card";
    for (int i = 0; i < windows.length; i++) {
      columns[i + 1] = "card_total_" + windows[i];
    }
    return pipeline.values("features/card", date, columns);
  }

  /** Amounts and rules of quarantined records. */
  private static List<String> quarantined(PipelineFolder pipeline, String date) throws IOException {
    return pipeline.records("quarantine/clean", date).stream()
        .map(
            record -> {
              byte[] raw = ((java.nio.ByteBuffer) record.get("raw")).array();
              String line = new String(raw, java.nio.charset.StandardCharsets.UTF_8);
              return line.substring(line.lastIndexOf(',') + 1) + " " + record.get("rule");
            })
        .sorted()
        .toList();
  }

  @Test
  void shouldTakeEventsUpToTheLatenessAndCountThemFromTheDayTheyLand() throws IOException {
    PipelineFolder pipeline =
        pipeline("timestamp-millis", "2026-01-04", "lateness: 3d", "windows: [1d, 4d]");
    // the first date takes what happened however long before, but nothing that is to come
    land(
        pipeline,
        "2026-01-04",
        "x,0001-01-01T00:00:00Z,1",
        "x,1969-12-31T23:59:59.999Z,1",
        "x,2026-01-01T00:00:00Z,10",
        "x,2026-01-04T23:59:59.999Z,100",
        "x,2026-01-05T00:00:00Z,7",
        "x,9999-12-31T23:59:59.999Z,8");
    land(
        pipeline,
        "2026-01-05",
        "x,2026-01-01T23:59:59.999Z,9", // one millisecond too late
        "x,2026-01-02T00:00:00Z,1000",
        "x,2026-01-05T00:00:00Z,10000",
        "x,2026-01-05T23:59:59.999Z,20000",
        "x,2026-01-06T00:00:00Z,7");
    pipeline.run("2026-01-04", "2026-01-05");
    assertEquals(List.of("x 100 110"), totals(pipeline, "2026-01-04", "1d", "4d"));
    assertEquals(List.of("7 time.future", "8 time.future"), quarantined(pipeline, "2026-01-04"));
    assertEquals(List.of("x 30000 31100"), totals(pipeline, "2026-01-05", "1d", "4d"));
    assertEquals(List.of("7 time.future", "9 time.late"), quarantined(pipeline, "2026-01-05"));
  }

  @Test
  void shouldTakeOnlyTheDayItselfWithoutLatenessAndAllOfThePastWithoutLimit() throws IOException {
    PipelineFolder pipeline =
        pipeline("timestamp-millis", "2026-01-01", "lateness: 0d", "windows: [1d, 3d, 36500d]");
    land(pipeline, "2026-01-01", "x,2025-12-31T12:00:00Z,1");
    land(
        pipeline,
        "2026-01-02",
        "x,0001-01-01T00:00:00Z,10",
        "x,1969-12-31T23:59:59.999Z,100",
        "x,2026-01-01T23:59:59.999Z,1000",
        "x,2026-01-02T00:00:00Z,10000");
    pipeline.run("2026-01-01", "2026-01-02");
    assertEquals(List.of("x 0 1 1"), totals(pipeline, "2026-01-01", "1d", "3d", "36500d"));
    assertEquals(
        List.of("x 10000 10001 10001"), totals(pipeline, "2026-01-02", "1d", "3d", "36500d"));
    assertEquals(
        List.of("10 time.late", "100 time.late", "1000 time.late"),
        quarantined(pipeline, "2026-01-02"));
    pipeline.edit("lateness: 0d", "lateness: none");
    pipeline.run("2026-01-01", "2026-01-02");
    assertEquals(
        List.of("x 10000 11001 11101"), totals(pipeline, "2026-01-02", "1d", "3d", "36500d"));
    assertEquals(List.of(), quarantined(pipeline, "2026-01-02"));
    // year 1 is in no window, but its partial is there
    assertEquals(
        List.of("0001-01-01", "1969-12-31", "2026-01-01", "2026-01-02"),
        pipeline.values("partials/card", "2026-01-02", "event_day"));
  }

  @Test
  void shouldForgetEntitiesThatAreGoneAndKnowThemWhenTheyComeBack() throws IOException {
    PipelineFolder pipeline =
        pipeline("timestamp-millis", "2026-01-01", "lateness: none", "windows: [1d, 3d]");
    land(pipeline, "2026-01-01", "x,2026-01-01T12:00:00Z,1", "y,2026-01-01T12:00:00Z,2");
    land(pipeline, "2026-01-02", "y,2026-01-02T12:00:00Z,4");
    land(pipeline, "2026-01-03", "y,2026-01-03T12:00:00Z,8");
    land(pipeline, "2026-01-04"); // a header alone
    land(pipeline, "2026-01-05", "x,2026-01-03T12:00:00Z,16"); // late, and of the 3rd
    land(pipeline, "2026-01-06", "z,2026-01-06T12:00:00Z,-1"); // nothing but quarantine
    land(pipeline, "2026-01-07", "x,2026-01-07T12:00:00Z,32");
    pipeline.run("2026-01-01", "2026-01-07");
    assertEquals(List.of("x 1 1", "y 2 2"), totals(pipeline, "2026-01-01", "1d", "3d"));
    assertEquals(List.of("x 0 1", "y 4 6"), totals(pipeline, "2026-01-02", "1d", "3d"));
    assertEquals(List.of("x 0 1", "y 8 14"), totals(pipeline, "2026-01-03", "1d", "3d"));
    assertEquals(List.of("y 0 12"), totals(pipeline, "2026-01-04", "1d", "3d"));
    assertEquals(List.of("x 0 16", "y 0 8"), totals(pipeline, "2026-01-05", "1d", "3d"));
    assertEquals(List.of(), totals(pipeline, "2026-01-06", "1d", "3d"));
    assertEquals(List.of("-1 positive"), quarantined(pipeline, "2026-01-06"));
    assertEquals(List.of("x 32 32"), totals(pipeline, "2026-01-07", "1d", "3d"));
  }

  @Test
  void shouldEndDelayedWindowsEarlierAndNotReachBeforeTheFirstDate() throws IOException {
    PipelineFolder pipeline =
        pipeline(
            "timestamp-millis", "2026-01-01", "lateness: 3d", "windows: [1d, 2d]\n    delay: 1d");
    land(
        pipeline,
        "2026-01-01",
        "x,2025-12-30T12:00:00Z,1",
        "x,2025-12-31T00:00:00Z,2",
        "x,2025-12-31T23:59:59.999Z,4",
        "x,2026-01-01T00:00:00Z,8");
    land(pipeline, "2026-01-02", "x,2026-01-01T23:59:59.999Z,16", "x,2026-01-02T00:00:00Z,32");
    land(pipeline, "2026-01-03", "x,2026-01-01T12:00:00Z,64", "x,2026-01-03T12:00:00Z,128");
    pipeline.run("2026-01-01", "2026-01-03");
    // windows end with the 31st, the 1st and the 2nd
    assertEquals(List.of("x 6 7"), totals(pipeline, "2026-01-01", "1d", "2d"));
    assertEquals(List.of("x 24 30"), totals(pipeline, "2026-01-02", "1d", "2d"));
    assertEquals(List.of("x 32 120"), totals(pipeline, "2026-01-03", "1d", "2d"));
  }

  @Test
  void shouldStopAtAnAbsentDayOrTakeItAsEmpty() throws IOException {
    PipelineFolder pipeline = pipeline("date", "2026-01-01", "missing: fail", "windows: [1d, 3d]");
    land(pipeline, "2026-01-01", "x,2026-01-01,1", "x,2025-12-31,2", "x,2026-01-02,9");
    land(pipeline, "2026-01-03", "x,2026-01-03,4", "x,2025-12-31,8");
    CommandResult run =
        pipeline
            .millrace("run", "--from", "2026-01-01", "--to", "2026-01-03")
            .expect(ExitCode.INPUT_MISSING);
    assertTrue(run.err().contains("raw/dt=2026-01-02: the raw input is not there"), run::err);
    pipeline.edit("missing: fail", "missing: empty");
    pipeline.run("2026-01-01", "2026-01-03");
    assertEquals(List.of("x 1 3"), totals(pipeline, "2026-01-01", "1d", "3d"));
    assertEquals(List.of("9 time.future"), quarantined(pipeline, "2026-01-01"));
    assertEquals(List.of(), pipeline.records("clean", "2026-01-02"));
    assertEquals(List.of("x 0 3"), totals(pipeline, "2026-01-02", "1d", "3d"));
    assertEquals(List.of("x 4 5"), totals(pipeline, "2026-01-03", "1d", "3d"));
  }

  @Test
  void shouldTellMicrosecondsAndTimesBefore1970() throws IOException {
    PipelineFolder pipeline =
        pipeline("timestamp-micros", "1969-12-31", "lateness: 1d", "windows: [1d, 2d]");
    land(
        pipeline,
        "1969-12-31",
        "x,1969-12-30T23:59:59.999999Z,1",
        "x,1969-12-31T00:00:00Z,2",
        "x,1969-12-31T23:59:59.9999999Z,4", // the seventh digit is cut off, not rounded up
        "x,1970-01-01T00:00:00Z,8");
    land(
        pipeline,
        "1970-01-01",
        "x,1969-12-30T23:59:59.999999Z,16",
        "x,1969-12-31T00:00:00.000000Z,32",
        "x,1970-01-01T00:00:00.000000Z,64");
    pipeline.run("1969-12-31", "1970-01-01");
    assertEquals(List.of("x 6 7"), totals(pipeline, "1969-12-31", "1d", "2d"));
    assertEquals(List.of("8 time.future"), quarantined(pipeline, "1969-12-31"));
    assertEquals(List.of("x 64 102"), totals(pipeline, "1970-01-01", "1d", "2d"));
    assertEquals(List.of("16 time.late"), quarantined(pipeline, "1970-01-01"));
    assertTrue(
        pipeline.values("clean", "1969-12-31", "ts").contains("1969-12-31T23:59:59.999999Z"));
  }
}
