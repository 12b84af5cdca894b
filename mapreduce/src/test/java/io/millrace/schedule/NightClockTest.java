package io.millrace.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.spec.ScheduleSpec;
import io.millrace.spec.ScheduleSpec.Process;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NightClockTest {
  private static final LocalDate FROM = LocalDate.of(2024, 1, 1);

  private static NightClock clock(ZoneId zone, LocalTime at, Process process) {
    ScheduleSpec schedule =
        new ScheduleSpec(
            at,
            process,
            Optional.empty(),
            Duration.ofHours(6),
            Duration.ofHours(4),
            3,
            Duration.ofMinutes(10),
            2,
            Optional.empty(),
            List.of());
    return NightClock.of(zone, schedule, FROM);
  }

  @ParameterizedTest
  @CsvSource({
    // the night after the date, at local time: offsets as they are published for the zones
    "UTC, 03:00, YESTERDAY, 2026-01-31, 2026-02-01T03:00:00Z",
    "UTC, 03:00, TODAY, 2026-01-31, 2026-01-31T03:00:00Z",
    "Europe/London, 00:30, YESTERDAY, 2026-03-28, 2026-03-29T00:30:00Z",
    "Europe/London, 00:30, YESTERDAY, 2026-03-29, 2026-03-29T23:30:00Z",
    "Asia/Kathmandu, 03:00, YESTERDAY, 2026-01-31, 2026-01-31T21:15:00Z",
    "America/Los_Angeles, 23:30, TODAY, 2026-03-07, 2026-03-08T07:30:00Z",
    "America/Los_Angeles, 23:30, TODAY, 2026-03-08, 2026-03-09T06:30:00Z"
  })
  void shouldBeginAtLocalTime(
      ZoneId zone, LocalTime at, Process process, LocalDate date, Instant expected) {
    assertEquals(expected, clock(zone, at, process).night(date));
  }

  @ParameterizedTest
  @CsvSource({
    // noon where it can be: 12:00 there is the same day in UTC, with and without summer time
    "UTC, 03:00, YESTERDAY, 2026-07-01T12:00:00Z, 0",
    "Europe/London, 00:30, YESTERDAY, 2026-07-01T11:00:00Z, 0",
    "Asia/Kathmandu, 23:00, YESTERDAY, 2026-07-01T06:15:00Z, -1",
    "America/Los_Angeles, 23:30, TODAY, 2026-07-01T19:00:00Z, 0",
    "UTC, 03:00, TODAY, 2026-07-01T12:00:00Z, 1",
    // away from the time at which nights begin
    "UTC, 12:00, YESTERDAY, 2026-07-01T10:00:00Z, -1",
    "UTC, 13:30, YESTERDAY, 2026-07-01T11:00:00Z, -1",
    // 13 hours before UTC in summer: 12:00 would be the day before
    "Pacific/Auckland, 03:00, YESTERDAY, 2026-01-01T00:00:00Z, 0",
    "Etc/GMT+12, 03:00, YESTERDAY, 2026-07-01T23:00:00Z, 0"
  })
  void shouldPutInstancesWhereUtcHasTheSameDay(
      ZoneId zone, LocalTime at, Process process, Instant instance, int landingInstance) {
    NightClock clock = clock(zone, at, process);

    LocalDate date = instance.atZone(ZoneOffset.UTC).toLocalDate();
    assertEquals(instance, clock.instance(date));
    assertEquals(landingInstance, clock.landingInstance());
  }

  @Test
  void shouldNotBeginWithATimeThatClocksSkip() {
    NightClock clock = clock(ZoneId.of("Europe/Berlin"), LocalTime.of(2, 30), Process.YESTERDAY);

    assertEquals(
        "Cannot begin with 2026-03-28: on 2026-03-29 clocks in Europe/Berlin skip 02:30. Begin with another date, or change `schedule.at`.",
        assertThrows(IllegalArgumentException.class, () -> clock.night(LocalDate.of(2026, 3, 28)))
            .getMessage());
  }

  @Provide
  static Arbitrary<ZoneId> zones() {
    List<String> names = new ArrayList<>(ZoneId.getAvailableZoneIds());
    names.sort(null);
    return Arbitraries.of(names).map(ZoneId::of);
  }

  /** As Oozie counts: the newest instance that is not later than the night, and from there. */
  @Property(tries = 1000)
  void shouldMeanTheLandingDateInEachZoneOnEachDay(
      @ForAll("zones") ZoneId zone,
      @ForAll Process process,
      @ForAll @IntRange(max = 1439) int minute,
      @ForAll @IntRange(max = 2000) int day) {
    LocalTime at = LocalTime.ofSecondOfDay(minute * 60L);
    LocalDate date = FROM.plusDays(day);
    Assume.that(
        !zone.getRules().getValidOffsets(date.plusDays(process.daysBack()).atTime(at)).isEmpty());
    NightClock clock = clock(zone, at, process);
    Instant night = clock.night(date);

    LocalDate newest = date.plusDays(3);
    while (clock.instance(newest).isAfter(night)) {
      newest = newest.minusDays(1);
    }
    LocalDate meant = newest.plusDays(clock.landingInstance());
    assertEquals(date, meant);
    assertEquals(date, clock.landingDate(night));
    assertEquals(
        date, clock.instance(meant).atZone(ZoneOffset.UTC).toLocalDate(), "what a path says");
  }
}
