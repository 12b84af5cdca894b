package io.millrace.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayClockTest {
  private static LocalDate day(DayClock clock, String instant) {
    return LocalDate.ofEpochDay(
        clock.epochDay(Kind.TIMESTAMP_MILLIS, Instant.parse(instant).toEpochMilli()));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-01-01T23:59:59.999Z, 2026-01-01",
    "UTC, 1969-12-31T23:59:59.999Z, 1969-12-31",
    "UTC, 0001-01-01T00:00:00Z, 0001-01-01",
    "UTC, 9999-12-31T23:59:59.999Z, 9999-12-31",
    "Asia/Kathmandu, 2026-01-09T18:14:59.999Z, 2026-01-09",
    "Asia/Kathmandu, 2026-01-09T18:15:00Z, 2026-01-10",
    // a day of 23 hours, one of 25
    "Europe/Berlin, 2026-03-29T21:59:59.999Z, 2026-03-29",
    "Europe/Berlin, 2026-03-29T22:00:00Z, 2026-03-30",
    "Europe/Berlin, 2026-10-24T22:00:00Z, 2026-10-25",
    "Europe/Berlin, 2026-10-25T22:59:59.999Z, 2026-10-25",
    // 2011-12-30 was left out
    "Pacific/Apia, 2011-12-30T09:59:59.999Z, 2011-12-29",
    "Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-31",
    // the day began at 1 o'clock
    "America/Sao_Paulo, 2018-11-04T02:59:59.999Z, 2018-11-03",
    "America/Sao_Paulo, 2018-11-04T03:00:00Z, 2018-11-04"
  })
  void shouldTellTheDayOfAnInstant(String zone, String instant, LocalDate expected) {
    assertEquals(expected, day(new DayClock(ZoneId.of(zone)), instant));
  }

  /** At 00:01 on 2010-11-07 the clocks of Newfoundland went back to 23:01 of the 6th. */
  @Test
  void shouldTellDaysThatAreInterruptedWhateverItWasAskedBefore() {
    List<String> instants =
        List.of(
            "2010-11-07T02:29:00Z", // 23:59 on the 6th
            "2010-11-07T02:30:30Z", // half a minute into the 7th
            "2010-11-07T03:00:00Z", // 23:30 on the 6th again
            "2010-11-07T03:30:00Z"); // midnight again
    List<LocalDate> expected =
        List.of(
            LocalDate.of(2010, 11, 6),
            LocalDate.of(2010, 11, 7),
            LocalDate.of(2010, 11, 6),
            LocalDate.of(2010, 11, 7));
    for (int before = 0; before < 4; before++) {
      for (int asked = 0; asked < 4; asked++) {
        DayClock clock = new DayClock(ZoneId.of("America/St_Johns"));
        day(clock, instants.get(before));
        assertEquals(expected.get(asked), day(clock, instants.get(asked)));
      }
    }
  }

  @Property(tries = 200)
  void shouldAgreeWithTheCalendarOfJava(
      @ForAll("zones") ZoneId zone, @ForAll("nearMidnights") List<Long> millis) {
    DayClock clock = new DayClock(zone);
    for (long each : millis) {
      long expected = Instant.ofEpochMilli(each).atZone(zone).toLocalDate().toEpochDay();
      assertEquals(expected, clock.epochDay(Kind.TIMESTAMP_MILLIS, each));
      assertEquals(expected, clock.epochDay(Kind.TIMESTAMP_MICROS, each * 1000 + 999));
    }
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(ZoneId.getAvailableZoneIds()).map(ZoneId::of);
  }

  /** Instants of one autumn and of all times, mostly near full hours. */
  @Provide
  Arbitrary<List<Long>> nearMidnights() {
    long hour = 3_600_000;
    long year = 365 * 24 * hour;
    Arbitrary<Long> oneAutumn =
        Arbitraries.longs().between(40 * 365 * 24L, 41 * 365 * 24L).map(hours -> hours * hour);
    Arbitrary<Long> always = Arbitraries.longs().between(-1970 * year, 8029 * year);
    Arbitrary<Long> offsets =
        Arbitraries.of(-hour / 2, -30_000L, -1L, 0L, 1L, 30_000L, 60_000L, hour / 2);
    return Arbitraries.oneOf(oneAutumn, always)
        .flatMap(at -> offsets.map(offset -> at + offset))
        .list()
        .ofSize(20);
  }
}
