package io.millrace.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampParserTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId UTC = ZoneOffset.UTC;

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T08:26:00Z, 2026-11-21T08:26:00Z",
    "2026-11-21 08:26:00Z, 2026-11-21T08:26:00Z",
    "2026-11-21t08:26z, 2026-11-21T08:26:00Z",
    "2026-11-21T08:26:00+02:00, 2026-11-21T06:26:00Z",
    "2026-11-21T08:26:00+0200, 2026-11-21T06:26:00Z",
    "2026-11-21T08:26-03, 2026-11-21T11:26:00Z",
    "2026-11-21T00:26:00-18:00, 2026-11-21T18:26:00Z",
    "2026-11-21T08:26:00.5Z, 2026-11-21T08:26:00.500Z",
    "2026-11-21T08:26:00.123456789Z, 2026-11-21T08:26:00.123456Z",
    "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
    "2026-11-21T08:26:00, 2026-11-21T07:26:00Z",
    "2026-07-21 08:26, 2026-07-21T06:26:00Z",
    "0000-02-29T00:00:00Z, 0000-02-29T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void shouldReadIso8601(String text, Instant expected) {
    assertEquals(OptionalLong.of(micros(expected)), Parsed.micros(text, BERLIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21",
        "2026-11-21T08",
        "2026-11-21T24:00:00Z",
        "2026-11-21T08:60:00Z",
        "2026-11-21T08:26:60Z",
        "2026-02-29T08:26:00Z",
        "2026-13-01T08:26:00Z",
        "2026-00-01T08:26:00Z",
        "2026-01-00T08:26:00Z",
        "2026-11-21T08:26:00.Z",
        "2026-11-21T08:26:00.1234567890Z",
        "2026-11-21T08:26:Z",
        "2026-11-21T08:26:00X",
        "2026-11-21T08:26:00+2",
        "2026-11-21T08:26:00+18:01",
        "2026-11-21T08:26:00+02:60",
        "2026-11-21T08:26:00ZZ",
        "2026-11-21_08:26:00",
        "2026/11/21 08:26:00",
        "21.11.2026 08:26:00",
        "1700000000"
      })
  void shouldRefuseWhatIsNotIso8601(String text) {
    assertEquals(OptionalLong.empty(), Parsed.micros(text, BERLIN));
  }

  @Test
  void shouldCutDigitsTowardsThePast() {
    assertEquals(
        OptionalLong.of(-1), Parsed.time(Kind.TIMESTAMP_MILLIS, "1969-12-31T23:59:59.9999Z", UTC));
    assertEquals(
        OptionalLong.of(999), Parsed.time(Kind.TIMESTAMP_MILLIS, "1970-01-01T00:00:00.9999Z", UTC));
  }

  @Test
  void shouldRefuseATimeThatTheClocksSkip() {
    TimestampParser parser = new TimestampParser(Kind.TIMESTAMP_MILLIS, List.of(), BERLIN);

    assertEquals(false, Parsed.parse(parser, "2026-03-29 02:30:00", new Row(1)));
    assertEquals(
        "a TIMESTAMP that the clocks of Europe/Berlin show: they skip this one", parser.expected());
    assertEquals(false, Parsed.parse(parser, "2026-03-29 x", new Row(1)));
    assertEquals("TIMESTAMP in ISO 8601 as 2026-11-21T08:26:00Z", parser.expected());
  }

  @Test
  void shouldTakeTheEarlierOfTwoInstants() {
    assertEquals(
        OptionalLong.of(micros(Instant.parse("2026-10-25T00:30:00Z"))),
        Parsed.micros("2026-10-25 02:30:00", BERLIN));
  }

  @Property(tries = 3000)
  void shouldReadLocalTimesNearChangesOfTheClocks(
      @ForAll("zones") ZoneId zone,
      @ForAll @LongRange(min = -2_500_000_000L, max = 4_000_000_000L) long around,
      @ForAll @IntRange(min = -100_000, max = 100_000) int nudge) {
    ZoneOffsetTransition transition = zone.getRules().nextTransition(Instant.ofEpochSecond(around));
    LocalDateTime first =
        transition == null
            ? LocalDateTime.ofEpochSecond(around, 0, ZoneOffset.UTC)
            : transition.getDateTimeBefore();
    // one parser for all: its memory of the last offset must not show
    TimestampParser parser = new TimestampParser(Kind.TIMESTAMP_MICROS, List.of(), zone);
    for (int seconds : new int[] {-90_000, nudge, 0, -1, 1, nudge / 20, 90_000, nudge / 10}) {
      LocalDateTime local = first.plusSeconds(seconds);
      List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
      OptionalLong expected =
          offsets.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(micros(local.toInstant(offsets.get(0))));
      Row row = new Row(1);
      OptionalLong found =
          Parsed.parse(parser, DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local), row)
              ? OptionalLong.of(row.longs[0])
              : OptionalLong.empty();
      assertEquals(expected, found, local + " in " + zone);
    }
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList()).map(ZoneId::of);
  }

  @Property
  void shouldReadEveryDay(@ForAll @IntRange(min = -719_528, max = 2_932_896) int epochDay) {
    ColumnType date = ColumnType.of(Kind.DATE);
    assertEquals(
        OptionalLong.of(epochDay), Parsed.whole(date, LocalDate.ofEpochDay(epochDay).toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29",
        "2100-02-29",
        "2026-04-31",
        "2026-1-01",
        "2026-11-21T00:00:00Z",
        "21.11.2026",
        "2026-13-01",
        "20261121",
        "2026-11-2x"
      })
  void shouldRefuseWhatIsNoDay(String text) {
    assertEquals(OptionalLong.empty(), Parsed.whole(ColumnType.of(Kind.DATE), text));
  }

  @ParameterizedTest
  @CsvSource({
    "dd/MM/yyyy HH:mm, 21/11/2026 08:26, 2026-11-21T07:26:00Z",
    "M/d/yyyy H:mm, 1/3/2026 8:26, 2026-01-03T07:26:00Z",
    "M/d/yy H:mm, 1/3/26 8:26, 2026-01-03T07:26:00Z",
    "yyyy-MM-dd, 2026-11-21, 2026-11-20T23:00:00Z",
    "yyyyMMdd, 20261121, 2026-11-20T23:00:00Z",
    "yyyy-MM-dd hh:mm a, 2026-11-21 08:26 pm, 2026-11-21T19:26:00Z",
    "dd/MMM/yyyy:HH:mm:ss Z, 21/Nov/2026:08:26:00 +0200, 2026-11-21T06:26:00Z",
    "dd/MMM/yyyy, 21/NOV/2026, 2026-11-20T23:00:00Z",
    "yyyy-MM-dd HH:mm VV, 2026-11-21 08:26 America/New_York, 2026-11-21T13:26:00Z",
    "yyyy-MM-dd'T'HH:mm:ss.SSSX, 2026-11-21T08:26:00.123Z, 2026-11-21T08:26:00.123Z",
    "yyyy-MM-dd HH:mm, 2026-10-25 02:30, 2026-10-25T00:30:00Z",
    "epoch_seconds, 1700000000, 2023-11-14T22:13:20Z",
    "epoch_seconds, 1700000000.123456789, 2023-11-14T22:13:20.123456Z",
    "epoch_seconds, -1.5, 1969-12-31T23:59:58.500Z",
    "epoch_seconds, -0.0000001, 1969-12-31T23:59:59.999999Z",
    "epoch_millis, 1700000000123, 2023-11-14T22:13:20.123Z",
    "epoch_millis, 1700000000123.0, 2023-11-14T22:13:20.123Z"
  })
  void shouldReadPatterns(String pattern, String text, Instant expected) {
    assertEquals(OptionalLong.of(micros(expected)), Parsed.micros(text, BERLIN, pattern));
  }

  @ParameterizedTest
  @CsvSource({
    "dd/MM/yyyy, 31/02/2026",
    "dd/MM/yyyy, 1/02/2026",
    "dd/MM/yyyy, 01/02/2026 x",
    "dd/MM/yyyy, 2026-02-01",
    "yyyy-MM-dd HH:mm, 2026-02-01 24:00",
    "yyyy-MM-dd HH:mm, 2026-03-29 02:30",
    "epoch_seconds, 1700000000123",
    "epoch_seconds, 17e8",
    "epoch_seconds, 1.",
    "epoch_seconds, -",
    "epoch_millis, 99999999999999999999"
  })
  void shouldRefuseWhatDoesNotFitThePattern(String pattern, String text) {
    assertEquals(OptionalLong.empty(), Parsed.micros(text, BERLIN, pattern));
  }

  @Test
  void shouldTryPatternsInTheirOrder() {
    String[] patterns = {"d/M/yyyy", "M/d/yyyy", "epoch_seconds"};

    assertEquals(
        OptionalLong.of(micros(Instant.parse("2026-02-01T00:00:00Z"))),
        Parsed.micros("1/2/2026", UTC, patterns));
    assertEquals(
        OptionalLong.of(micros(Instant.parse("2026-01-20T00:00:00Z"))),
        Parsed.micros("1/20/2026", UTC, patterns));
    assertEquals(OptionalLong.of(60_000_000), Parsed.micros("60", UTC, patterns));
    assertEquals(OptionalLong.empty(), Parsed.micros("20/20/2026", UTC, patterns));
  }

  @Property(tries = 500)
  void shouldReadWhatAPatternWrites(
      @ForAll("patterns") String pattern,
      @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second) {
    LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    String text = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(local);
    LocalDateTime kept =
        pattern.contains("ss")
            ? local
            : local.truncatedTo(pattern.contains("mm") ? ChronoUnit.MINUTES : ChronoUnit.DAYS);
    assertEquals(
        OptionalLong.of(micros(kept.toInstant(ZoneOffset.UTC))),
        Parsed.micros(text, UTC, pattern.replace('u', 'y')),
        text);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(
        "uuuu-MM-dd HH:mm:ss",
        "dd.MM.uuuu HH:mm",
        "M/d/uuuu H:mm",
        "uuuuMMddHHmmss",
        "d MMM uuuu hh:mm:ss a",
        "MMMM d, uuuu",
        "uuuu/DDD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd",
        "d/M/yy H:mm",
        "yyyyMMdd'T'HHmmssX",
        "hh:mm a dd.MM.yyyy",
        "epoch_seconds",
        "epoch_millis",
        "yyyy-MM-dd'h'"
      })
  void shouldAcceptPatterns(String pattern) {
    assertTrue(TimestampParser.check(pattern).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd bb:mm | expected one like yyyy-MM-dd HH:mm:ss",
        "HH:mm | it needs a year, a month and a day",
        "yyyy-MM | it needs a year, a month and a day",
        "YYYY-MM-dd | it needs a year, a month and a day",
        "yyyy-MM-dd hh:mm | it does not say the hour of the day",
        "epoch | expected one like"
      })
  void shouldSayWhatIsWrongWithAPattern(String pattern, String message) {
    String found = TimestampParser.check(pattern).orElseThrow();
    assertTrue(found.contains(message), found);
    assertTrue(found.startsWith("Cannot use timestamp pattern '" + pattern + "': "), found);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }
}
