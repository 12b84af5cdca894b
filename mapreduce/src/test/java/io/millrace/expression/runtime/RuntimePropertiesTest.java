package io.millrace.expression.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class RuntimePropertiesTest {
  private static final long CENTURIES = 2_000_000;

  @Property
  void shouldKeepTheCalendarOfJavaTime(
      @ForAll @LongRange(min = -CENTURIES, max = CENTURIES) long day,
      @ForAll @IntRange(min = -5000, max = 5000) int months) {
    LocalDate date = LocalDate.ofEpochDay(day);
    assertEquals(date.getYear(), Days.year(day));
    assertEquals(date.getMonthValue(), Days.month(day));
    assertEquals(date.getDayOfMonth(), Days.dayOfMonth(day));
    assertEquals(date.getDayOfYear(), Days.dayOfYear(day));
    assertEquals(date.getDayOfWeek().getValue(), Days.isoDayOfWeek(day));
    assertEquals(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), Days.week(day));
    assertEquals(date.get(IsoFields.WEEK_BASED_YEAR), Days.isoYear(day));
    assertEquals(date.get(IsoFields.QUARTER_OF_YEAR), Days.quarter(day));
    assertEquals(date.plusMonths(months).toEpochDay(), Days.plusMonths(day, months));
    assertEquals(
        ChronoUnit.MONTHS.between(date, date.plusDays(months)),
        Days.monthsBetween(day, day + months));
  }

  @Property
  void shouldKeepTheClocksOfJavaTime(
      @ForAll("zones") String name,
      @ForAll @LongRange(min = -3_000_000_000L, max = 5_000_000_000L) long seconds,
      @ForAll @IntRange(min = -800, max = 800) int days,
      @ForAll @IntRange(min = 0, max = 999) int millis) {
    ZoneId zone = ZoneId.of(name);
    ZoneCalendar calendar = new ZoneCalendar(name);
    ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(zone);
    assertEquals(time.toLocalDate().toEpochDay(), calendar.localDay(seconds));
    assertEquals(time.toLocalTime().toSecondOfDay(), calendar.secondOfDay(seconds));
    assertEquals(
        time.toLocalDate().atStartOfDay(zone).toEpochSecond(),
        calendar.startOfDay(time.toLocalDate().toEpochDay()));
    assertEquals(
        time.plusDays(days).toEpochSecond() * 1000 + millis,
        calendar.plusDaysMillis(seconds * 1000 + millis, days));
    assertEquals(
        time.plusMonths(days).toEpochSecond() * 1000 + millis,
        calendar.plusMonthsMillis(seconds * 1000 + millis, days));
    ZonedDateTime other = Instant.ofEpochSecond(seconds + days * 50_000L).atZone(zone);
    assertEquals(
        ChronoUnit.DAYS.between(time.toLocalDateTime(), other.toLocalDateTime()),
        calendar.daysBetweenMicros(seconds * 1_000_000, (seconds + days * 50_000L) * 1_000_000));
    LocalDateTime local = time.toLocalDateTime();
    assertEquals(
        local.atZone(zone).withEarlierOffsetAtOverlap().toEpochSecond(),
        calendar.instantOf(local.toEpochSecond(ZoneOffset.UTC)));
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(
        "UTC",
        "+05:30",
        "Europe/Berlin",
        "America/Sao_Paulo",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Apia");
  }

  @Property
  void shouldRoundDecimalsLikeBigDecimal(
      @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L)
          long value,
      @ForAll @IntRange(min = 0, max = 18) int scale,
      @ForAll @IntRange(min = -3, max = 18) int digits) {
    BigDecimal decimal = BigDecimal.valueOf(value, scale);
    if (digits <= scale) {
      BigDecimal rounded =
          BigDecimal.valueOf(Decimals.round(value, scale, digits), Math.max(digits, 0));
      assertEquals(0, decimal.setScale(digits, RoundingMode.HALF_UP).compareTo(rounded));
    }
    assertEquals(decimal.setScale(0, RoundingMode.FLOOR).longValue(), Decimals.floor(value, scale));
    assertEquals(decimal.doubleValue(), Decimals.toDouble(value, scale));
  }

  @Property
  void shouldCompareDecimalsLikeBigDecimal(
      @ForAll long left,
      @ForAll @IntRange(min = 0, max = 18) int leftScale,
      @ForAll @LongRange(min = -1000, max = 1000) long right,
      @ForAll @IntRange(min = 0, max = 18) int rightScale) {
    assertEquals(
        BigDecimal.valueOf(left, leftScale).compareTo(BigDecimal.valueOf(right, rightScale)),
        Integer.signum(Decimals.compare(left, leftScale, right, rightScale)));
  }

  @Property
  void shouldRoundDoublesAsTheyAreWritten(
      @ForAll @DoubleRange(min = -1e12, max = 1e12) double value,
      @ForAll @IntRange(min = -3, max = 9) int digits) {
    double expected =
        new BigDecimal(Double.toString(value)).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    assertEquals(expected, Numbers.roundDouble(value, digits));
  }

  @Property
  void shouldWriteDoublesSoThatTheyReadBack(@ForAll double value) {
    assertEquals(value, Double.parseDouble(TextFormatting.number(value)));
  }

  @Property
  void shouldMatchPatternsLikeRegularExpressions(
      @ForAll("texts") String text, @ForAll("patterns") String pattern) {
    StringBuilder regex = new StringBuilder();
    pattern
        .codePoints()
        .forEach(
            c ->
                regex.append(
                    c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c))));
    boolean expected = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    Row row = new Row(0);
    LikePattern like = new LikePattern(Slices.ofString(row, pattern));
    assertEquals(expected, like.matches(row, Slices.ofString(row, text)), pattern);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "é", "😀")
        .list()
        .ofMaxSize(8)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("a", "b", "é", "😀", "%", "_")
        .list()
        .ofMaxSize(6)
        .map(list -> String.join("", list));
  }

  @Property
  void shouldWorkOnCharactersLikeStrings(
      @ForAll @StringLength(max = 8) String any,
      @ForAll("texts") String word,
      @ForAll @IntRange(min = -3, max = 10) int from,
      @ForAll @IntRange(min = 0, max = 5) int count) {
    // what cannot be written as UTF-8 does not get into a row
    String text = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + word;
    Row row = new Row(0);
    long slice = Slices.ofString(row, text);
    int[] characters = text.codePoints().toArray();
    assertEquals(characters.length, Texts.charLength(row, slice));
    int start = Math.min(Math.max(from, 1), characters.length + 1) - 1;
    int end = Math.max(start, Math.min(from + count - 1, characters.length));
    assertEquals(
        new String(characters, start, end - start),
        Slices.string(row, Texts.substringFor(row, slice, from, count)));
    assertEquals(text.toUpperCase(Locale.ROOT), Slices.string(row, Texts.upper(row, slice)));
    assertEquals(text.toLowerCase(Locale.ROOT), Slices.string(row, Texts.lower(row, slice)));
    assertEquals(
        text.replace("é", "xy"),
        Slices.string(
            row, Texts.replace(row, slice, Slices.ofString(row, "é"), Slices.ofString(row, "xy"))));
    int index = text.indexOf("😀");
    assertEquals(
        index < 0 ? 0 : text.codePointCount(0, index) + 1,
        Texts.position(row, Slices.ofString(row, "😀"), slice));
  }
}
