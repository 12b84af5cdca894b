package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days of zones whose clocks change, from landing files to features. Offsets and changes are those
 * of the IANA time zone database; instants were worked out by hand.
 */
class TimeZoneTest {
  @TempDir Path home;

  /** A day's landing in a zone, of records of one card, and windows of one to three days. */
  private PipelineFolder run(String zone, String date, String... times) throws IOException {
    List<String> lines = new ArrayList<>(List.of("card,ts"));
    for (String time : times) {
      lines.add("x," + time);
    }
    PipelineFolder pipeline =
        new PipelineFolder(home)
            .fields("card string", "ts timestamp-millis")
            .spec(
                """
                pipeline: zones
                warehouse: "${warehouse}"
                timezone: %s
                source: {path: "${landing}/${date}", schema: row.avsc, event_time: ts, from: %s}
                features:
                  card:
                    entity: card
                    windows: [1d, 2d, 3d]
                    aggregates: {n: COUNT(*), first: MIN(ts), last: MAX(ts)}
                """
                    .formatted(zone, date))
            .land(date, lines.toArray(String[]::new));
    pipeline.run(date, date);
    return pipeline;
  }

  private static List<String> counts(PipelineFolder pipeline, String date) throws IOException {
    return pipeline.values("features/card", date, "card_n_1d", "card_n_2d", "card_n_3d");
  }

  /** The first and the last event of the last day. */
  private static List<String> lastDay(PipelineFolder pipeline, String date) throws IOException {
    return pipeline.values("features/card", date, "card_first_1d", "card_last_1d");
  }

  private static Map<String, String> quarantined(PipelineFolder pipeline, String date)
      throws IOException {
    Map<String, String> rules = new TreeMap<>();
    for (GenericRecord record : pipeline.records("quarantine/clean", date)) {
      byte[] raw = ((java.nio.ByteBuffer) record.get("raw")).array();
      String time = new String(raw, java.nio.charset.StandardCharsets.UTF_8).substring(2);
      rules.put(time, record.get("rule").toString());
    }
    return rules;
  }

  @Test
  void shouldKnowTheShortDayOfBerlin() throws IOException {
    PipelineFolder pipeline =
        run(
            "Europe/Berlin",
            "2026-03-29",
            "2026-03-28 23:59:59.999",
            "2026-03-29 00:00",
            "2026-03-28T23:00:00Z", // the same instant
            "2026-03-29 01:59:59",
            "2026-03-29 02:30", // never was
            "2026-03-29 03:00",
            "2026-03-29T21:59:59.999Z",
            "2026-03-29T22:00:00Z"); // the next day
    assertEquals(List.of("5 6 6"), counts(pipeline, "2026-03-29"));
    assertEquals(
        List.of("2026-03-28T23:00:00Z 2026-03-29T21:59:59.999Z"), lastDay(pipeline, "2026-03-29"));
    assertEquals(
        Map.of("2026-03-29 02:30", "column.type", "2026-03-29T22:00:00Z", "time.future"),
        quarantined(pipeline, "2026-03-29"));
  }

  @Test
  void shouldKnowTheLongDayOfBerlin() throws IOException {
    PipelineFolder pipeline =
        run(
            "Europe/Berlin",
            "2026-10-25",
            "2026-10-24 23:59:59.999",
            "2026-10-24T22:00:00Z", // midnight
            "2026-10-25 02:30", // twice: the earlier, half past midnight in UTC
            "2026-10-25T01:30:00Z", // the later
            "2026-10-25T22:59:59.999Z",
            "2026-10-25T23:00:00Z"); // the next day
    assertEquals(List.of("4 5 5"), counts(pipeline, "2026-10-25"));
    assertEquals(
        List.of(
            "2026-10-24T21:59:59.999Z",
            "2026-10-24T22:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T22:59:59.999Z"),
        pipeline.values("clean", "2026-10-25", "ts"));
    assertEquals(
        Map.of("2026-10-25T23:00:00Z", "time.future"), quarantined(pipeline, "2026-10-25"));
  }

  @Test
  void shouldKnowTheShortDayOfNewYork() throws IOException {
    PipelineFolder pipeline =
        run(
            "America/New_York",
            "2026-03-08",
            "2026-03-07T04:59:59.999Z", // the 6th
            "2026-03-08T04:59:59.999Z", // the 7th
            "2026-03-08T05:00:00Z",
            "2026-03-08 02:59:59.999", // never was
            "2026-03-09T03:59:59.999Z",
            "2026-03-09T04:00:00Z"); // the 9th
    assertEquals(List.of("2 3 4"), counts(pipeline, "2026-03-08"));
    assertEquals(
        Map.of("2026-03-08 02:59:59.999", "column.type", "2026-03-09T04:00:00Z", "time.future"),
        quarantined(pipeline, "2026-03-08"));
  }

  @Test
  void shouldCountQuartersOfAnHourInKathmandu() throws IOException {
    // at the beginning of 1986 the clocks went from 00:00 to 00:15, from UTC+5:30 to UTC+5:45
    PipelineFolder pipeline =
        run(
            "Asia/Kathmandu",
            "1986-01-02",
            "1985-12-31T18:29:59.999Z", // the last instant of 1985
            "1985-12-31T18:30:00Z", // 00:15
            "1986-01-01 00:14:59", // never was
            "1986-01-01T18:14:59.999Z",
            "1986-01-01T18:15:00Z", // midnight
            "1986-01-02 23:59:59.999",
            "1986-01-02T18:15:00Z"); // the 3rd
    assertEquals(List.of("2 4 5"), counts(pipeline, "1986-01-02"));
    assertEquals(
        List.of("1986-01-01T18:15:00Z 1986-01-02T18:14:59.999Z"), lastDay(pipeline, "1986-01-02"));
    assertEquals(
        Map.of("1986-01-01 00:14:59", "column.type", "1986-01-02T18:15:00Z", "time.future"),
        quarantined(pipeline, "1986-01-02"));
  }

  @Test
  void shouldCountADayThatApiaLeftOut() throws IOException {
    // 2011-12-30 never was: UTC-10 became UTC+14
    PipelineFolder pipeline =
        run(
            "Pacific/Apia",
            "2011-12-31",
            "2011-12-28 23:59", // the 28th, in no window
            "2011-12-29 00:00",
            "2011-12-30T09:59:59.999Z", // the 29th
            "2011-12-30 12:00", // never was
            "2011-12-31 00:00",
            "2011-12-30T10:00:00Z", // the same instant
            "2011-12-31T09:59:59.999Z",
            "2011-12-31T10:00:00Z"); // the next year
    assertEquals(List.of("3 3 5"), counts(pipeline, "2011-12-31"));
    assertEquals(
        List.of("2011-12-30T10:00:00Z 2011-12-31T09:59:59.999Z"), lastDay(pipeline, "2011-12-31"));
    assertEquals(
        Map.of("2011-12-30 12:00", "column.type", "2011-12-31T10:00:00Z", "time.future"),
        quarantined(pipeline, "2011-12-31"));
    // nothing can have happened on the day itself, but something can land
    pipeline
        .edit("from: 2011-12-31", "from: 2011-12-29")
        .land("2011-12-29", "card,ts", "x,2011-12-29 12:00", "x,2011-12-31 00:00")
        .land("2011-12-30", "card,ts", "x,2011-12-29 13:00", "x,2011-12-31 00:00");
    pipeline.run("2011-12-29", "2011-12-31");
    assertEquals(List.of("1 1 1"), counts(pipeline, "2011-12-29"));
    assertEquals(List.of("0 2 2"), counts(pipeline, "2011-12-30"));
    assertEquals(Map.of("2011-12-31 00:00", "time.future"), quarantined(pipeline, "2011-12-30"));
    assertEquals(List.of("3 3 7"), counts(pipeline, "2011-12-31"));
  }

  @Test
  void shouldBeginADayOfSaoPauloAtOne() throws IOException {
    PipelineFolder pipeline =
        run(
            "America/Sao_Paulo",
            "2018-11-04",
            "2018-11-04T02:59:59.999Z", // the last instant of the 3rd
            "2018-11-04 00:00", // never was
            "2018-11-04 00:59:59", // nor this
            "2018-11-04T03:00:00Z", // one o'clock
            "2018-11-05T01:59:59.999Z",
            "2018-11-05T02:00:00Z"); // the 5th
    assertEquals(List.of("2 3 3"), counts(pipeline, "2018-11-04"));
    assertEquals(
        Map.of(
            "2018-11-04 00:00",
            "column.type",
            "2018-11-04 00:59:59",
            "column.type",
            "2018-11-05T02:00:00Z",
            "time.future"),
        quarantined(pipeline, "2018-11-04"));
  }

  @Test
  void shouldKnowDaysThatAreInterruptedInNewfoundland() throws IOException {
    // at 00:01 on 2010-11-07 the clocks went back to 23:01 of the 6th
    PipelineFolder pipeline =
        run(
            "America/St_Johns",
            "2010-11-06",
            "2010-11-07T02:29:59.999Z", // 23:59:59 on the 6th
            "2010-11-07T02:30:30Z", // half a minute into the 7th
            "2010-11-07T02:31:00Z", // 23:01 on the 6th
            "2010-11-07T03:29:59.999Z", // 23:59:59 once more
            "2010-11-07T03:30:00Z"); // the 7th, for good
    assertEquals(List.of("3 3 3"), counts(pipeline, "2010-11-06"));
    assertEquals(
        Map.of("2010-11-07T02:30:30Z", "time.future", "2010-11-07T03:30:00Z", "time.future"),
        quarantined(pipeline, "2010-11-06"));
  }
}
