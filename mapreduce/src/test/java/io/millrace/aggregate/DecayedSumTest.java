package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecayedSumTest {
  private static final long SECOND = 1_000_000L;
  private static final long HOUR = 3600 * SECOND;
  private static final long DAY = 24 * HOUR;
  private static final String WEEK_MILLIS = "604800000";
  private static final String DAY_MILLIS = "86400000";

  /** A value and how long before the end of the windows it happened. */
  record Event(double value, long ageMicros) {
    long daysBefore() {
      // what happened at midnight belongs to the day that begins then
      return (ageMicros - 1) / DAY;
    }
  }

  /** One state a day, then all days together. */
  private static OneState ofDays(List<Event> events, String halfLifeMillis) {
    Map<Long, OneState> days = new TreeMap<>();
    for (Event event : events) {
      days.computeIfAbsent(
              event.daysBefore(), day -> new OneState("DECAYED_SUM", Kind.DOUBLE, halfLifeMillis))
          .add(event.value(), 0, event.ageMicros() - event.daysBefore() * DAY);
    }
    OneState window = new OneState("DECAYED_SUM", Kind.DOUBLE, halfLifeMillis);
    days.forEach((day, state) -> window.mergeEncoded(state.encoded(), day * DAY));
    return window;
  }

  // by hand: value * 2^-(age / half-life)
  @ParameterizedTest
  @CsvSource({
    "1, 24, 0.5",
    "1, 48, 0.25",
    "1, 12, 0.7071067811865476",
    "-3, 72, -0.375",
    "1000, 240, 0.9765625",
    "0, 5, 0",
  })
  void shouldHalveEachHalfLife(double value, long hours, double expected) {
    assertEquals(
        expected,
        (double) ofDays(List.of(new Event(value, hours * HOUR)), DAY_MILLIS).finish(),
        2 * Math.ulp(expected));
  }

  @Test
  void shouldSumWhatIsLeft() {
    List<Event> events =
        List.of(new Event(8, 24 * HOUR), new Event(4, 24 * HOUR), new Event(16, 72 * HOUR));
    assertEquals(4 + 2 + 2.0, ofDays(events, DAY_MILLIS).finish());
  }

  @Test
  void shouldTakeIntegersAndDecimals() {
    assertEquals(2.5, new OneState("DECAYED_SUM", Kind.INT, DAY_MILLIS).add(5L, 0, DAY).finish());
    assertEquals(
        0.125,
        new OneState("DECAYED_SUM", ColumnType.decimal(8, 2), DAY_MILLIS)
            .add(25L, 0, DAY)
            .finish());
  }

  @Test
  void shouldBeNullOfNothingAndZeroOfWhatFadedAway() {
    assertNull(ofDays(List.of(), DAY_MILLIS).finish());
    assertNull(new OneState("DECAYED_SUM", Kind.DOUBLE, DAY_MILLIS).add(null, 0, 5).finish());
    assertEquals(0.0, ofDays(List.of(new Event(1e300, 3000 * DAY)), "1000").finish());
  }

  @Property(tries = 300)
  void shouldBeNearTheNaiveSum(@ForAll("events") List<Event> events) {
    double naive = 0;
    for (Event event : events) {
      naive += event.value() * Math.pow(2, -(double) event.ageMicros() / (7.0 * DAY));
    }
    Object sum = ofDays(events, WEEK_MILLIS).finish();
    if (events.isEmpty()) {
      assertNull(sum);
    } else {
      assertTrue(Math.abs((double) sum - naive) <= 1e-12 * naive, sum + " for " + naive);
    }
  }

  @Property(tries = 200)
  void shouldNotDependOnHowPartialsWereMerged(
      @ForAll("events") List<Event> events, @ForAll Random random) {
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    List<OneState> windows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      windows.add(new OneState("DECAYED_SUM", Kind.DOUBLE, WEEK_MILLIS));
    }
    // each event in a partial of its own, as if it had landed on another date
    for (Event event : shuffled) {
      OneState partial =
          new OneState("DECAYED_SUM", Kind.DOUBLE, WEEK_MILLIS)
              .add(event.value(), 0, event.ageMicros() - event.daysBefore() * DAY);
      windows.get(random.nextInt(3)).mergeEncoded(partial.encoded(), event.daysBefore() * DAY);
    }
    Object merged = windows.get(2).merge(windows.get(0)).merge(windows.get(1)).finish();
    assertEquals(ofDays(events, WEEK_MILLIS).finish(), merged);
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.doubles().between(0.01, 1e5).ofScale(2),
            Arbitraries.longs().between(1, 90 * DAY))
        .as(Event::new)
        .list()
        .ofMaxSize(30);
  }
}
