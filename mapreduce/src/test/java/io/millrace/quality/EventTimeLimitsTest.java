package io.millrace.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeLimitsTest {
  private static final LocalDate LANDED = LocalDate.of(2026, 3, 30);

  private static RowType rows(Kind kind) {
    return new RowType("Event", List.of(new Column("ts", ColumnType.of(kind).withNullable(true))));
  }

  private static Rejection check(Kind kind, String zone, Integer lateness, long value) {
    Row row = new Row(1);
    row.setLong(0, value);
    return new EventTimeLimits(rows(kind), "ts", ZoneId.of(zone), LANDED, lateness).check(row);
  }

  @ParameterizedTest
  @CsvSource({
    // the day in the zone counts, to the millisecond
    "UTC,           2026-03-30T23:59:59.999Z, ok",
    "UTC,           2026-03-31T00:00:00Z,     time.future",
    "UTC,           2026-03-27T00:00:00Z,     ok",
    "UTC,           2026-03-26T23:59:59.999Z, time.late",
    "Asia/Kathmandu,2026-03-30T18:14:59.999Z, ok",
    "Asia/Kathmandu,2026-03-30T18:15:00Z,     time.future",
    "Asia/Kathmandu,2026-03-26T18:15:00Z,     ok",
    "Asia/Kathmandu,2026-03-26T18:14:59.999Z, time.late",
    // clocks in Berlin went forward on March 29: its days end at 22:00 UTC from then on
    "Europe/Berlin, 2026-03-30T21:59:59.999Z, ok",
    "Europe/Berlin, 2026-03-30T22:00:00Z,     time.future",
    "Europe/Berlin, 2026-03-26T23:00:00Z,     ok",
    "Europe/Berlin, 2026-03-26T22:59:59.999Z, time.late",
  })
  void shouldTakeThreeDaysAndTheLandingDate(String zone, String time, String expected) {
    long millis = Instant.parse(time).toEpochMilli();
    for (Kind kind : List.of(Kind.TIMESTAMP_MILLIS, Kind.TIMESTAMP_MICROS)) {
      long value = kind == Kind.TIMESTAMP_MILLIS ? millis : millis * 1000;
      Rejection rejection = check(kind, zone, 3, value);
      assertEquals(expected, rejection == null ? "ok" : rejection.rule());
    }
  }

  @Test
  void shouldTakeAnyEarlierDayWithoutALimit() {
    assertNull(check(Kind.TIMESTAMP_MILLIS, "UTC", null, Instant.MIN.getEpochSecond() / 1000));
    assertEquals(
        "time.future", check(Kind.DATE, "UTC", null, LANDED.plusDays(1).toEpochDay()).rule());
  }

  @Test
  void shouldTakeTheLandingDateOnlyWhereNothingMayBeLate() {
    assertNull(check(Kind.DATE, "UTC", 0, LANDED.toEpochDay()));
    assertEquals(
        new Rejection(
            "time.late",
            "ts = 2026-03-29 lies before 2026-03-30, the earliest day that a lateness of 0d allows on 2026-03-30"),
        check(Kind.DATE, "UTC", 0, LANDED.toEpochDay() - 1));
  }

  @Test
  void shouldSayOnWhichDayAnInstantFalls() {
    assertEquals(
        "ts = 2026-03-30T18:15:00Z (2026-03-31 in Asia/Kathmandu) lies after the landing date 2026-03-30",
        check(
                Kind.TIMESTAMP_MILLIS,
                "Asia/Kathmandu",
                3,
                Instant.parse("2026-03-30T18:15:00Z").toEpochMilli())
            .reason());
  }

  @Test
  void shouldRejectNull() {
    Row row = new Row(1);
    row.setNull(0);
    EventTimeLimits limits =
        new EventTimeLimits(rows(Kind.DATE), "ts", ZoneId.of("UTC"), LANDED, null);
    assertEquals(
        new Rejection("time.missing", "ts is NULL, but it is the event time"), limits.check(row));
  }
}
