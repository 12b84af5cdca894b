package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;

class AggregateLawsTest {
  private static final Map<String, String[]> PARAMETERS =
      Map.of(
          "DECAYED_SUM",
          new String[] {"86400000"},
          "PERCENTILE",
          new String[] {"0.3"},
          "APPROX_TOP_K",
          new String[] {"3"});

  /** An aggregate and some values for it. */
  record Case(String function, ColumnType argument, List<Event> events) {
    OneState empty() {
      return new OneState(function, argument, PARAMETERS.getOrDefault(function, new String[0]));
    }

    OneState all() {
      OneState state = empty();
      events.forEach(event -> event.addTo(state));
      return state;
    }
  }

  /** A value, or null, and when it happened: there are ties. */
  record Event(Object value, int hour) {
    void addTo(OneState state) {
      state.add(value, hour, (24 - hour) * 3_600_000_000L);
    }
  }

  @Property
  void shouldNotDependOnOrderOrGrouping(@ForAll("cases") Case given, @ForAll Random random) {
    List<Event> shuffled = new ArrayList<>(given.events());
    Collections.shuffle(shuffled, random);
    List<OneState> states = new ArrayList<>(List.of(given.empty()));
    for (Event event : shuffled) {
      if (random.nextInt(3) == 0) {
        states.add(given.empty());
      }
      event.addTo(states.get(random.nextInt(states.size())));
    }
    while (states.size() > 1) {
      OneState taken = states.remove(random.nextInt(states.size()));
      OneState other = states.get(random.nextInt(states.size()));
      if (random.nextBoolean()) {
        other.merge(taken);
      } else {
        other.mergeEncoded(taken.encoded());
      }
    }
    assertArrayEquals(given.all().encoded(), states.get(0).encoded());
    assertEquals(given.all().finish(), states.get(0).finish());
  }

  @Property
  void shouldKeepAStateMergedWithNothing(@ForAll("cases") Case given) {
    byte[] encoded = given.all().encoded();
    assertArrayEquals(encoded, given.all().merge(given.empty()).encoded());
    assertArrayEquals(encoded, given.empty().merge(given.all()).encoded());
    assertArrayEquals(encoded, given.all().mergeEncoded(given.empty().encoded()).encoded());
  }

  @Property
  void shouldReadWhatItWrites(@ForAll("cases") Case given) {
    byte[] encoded = given.all().encoded();
    assertArrayEquals(encoded, given.empty().mergeEncoded(encoded).encoded());
  }

  @Property
  void shouldWriteWhatItsSchemaSays(@ForAll("cases") Case given) {
    byte[] encoded = given.all().encoded();
    Schema schema = given.empty().aggregate().storedSchema();
    ByteCursor cursor = new ByteCursor().reset(encoded, 0, encoded.length);
    new FieldReader(List.of(new Schema.Field("state", schema))).skip(cursor);
    assertEquals(0, cursor.remaining());
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Long> longs = Arbitraries.longs().between(Long.MIN_VALUE / 16, Long.MAX_VALUE / 16);
    Arbitrary<Double> doubles =
        Arbitraries.oneOf(
            Arbitraries.longs()
                .map(Double::longBitsToDouble)
                .filter(value -> Double.isFinite(value) && Math.abs(value) < 1e300),
            Arbitraries.doubles().between(-1e6, 1e6).ofScale(2));
    Arbitrary<Double> floats = Arbitraries.floats().map(Float::doubleValue);
    Arbitrary<Long> booleans = Arbitraries.longs().between(0, 1);
    Arbitrary<Long> decimals = Arbitraries.longs().between(-99_999_999L, 99_999_999L);
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(5);
    List<Arbitrary<Case>> cases = new ArrayList<>();
    List<String> ofAny =
        List.of("APPROX_COUNT_DISTINCT", "COUNT_DISTINCT", "MODE", "APPROX_TOP_K", "FIRST", "LAST");
    Stream.concat(
            ofAny.stream(),
            Stream.of(
                "COUNT",
                "SUM",
                "SUM_DOUBLE",
                "MIN",
                "MAX",
                "STDDEV_POP",
                "PERCENTILE",
                "DECAYED_SUM"))
        .forEach(
            function -> {
              cases.add(cases(function, ColumnType.of(Kind.LONG), longs));
              cases.add(cases(function, ColumnType.of(Kind.DOUBLE), doubles));
              cases.add(cases(function, ColumnType.of(Kind.FLOAT), floats));
              cases.add(cases(function, ColumnType.decimal(8, 2), decimals));
            });
    Stream.concat(ofAny.stream(), Stream.of("COUNT", "MIN", "MAX"))
        .forEach(
            function -> {
              cases.add(cases(function, ColumnType.of(Kind.BOOLEAN), booleans));
              cases.add(cases(function, ColumnType.of(Kind.DATE), decimals));
              cases.add(cases(function, ColumnType.of(Kind.TIMESTAMP_MICROS), longs));
              cases.add(cases(function, ColumnType.of(Kind.STRING), texts));
            });
    return Arbitraries.of(cases).flatMap(arbitrary -> arbitrary);
  }

  private static Arbitrary<Case> cases(String function, ColumnType type, Arbitrary<?> values) {
    return Combinators.combine(values.injectNull(0.2), Arbitraries.integers().between(0, 23))
        .as(Event::new)
        .list()
        .ofMaxSize(10)
        .map(list -> new Case(function, type, list));
  }
}
