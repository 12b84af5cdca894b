package io.millrace.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FrequentValuesTest {
  private static final FrequentValues.Sink IGNORED = (source, offset, length, times) -> {};

  @Test
  void shouldCountFewValuesExactly() {
    FrequentValues values = of(Stream.of("b", "a", "c", "a", "b", "", "a", "b"));
    assertEquals(List.of("a 3", "b 3", " 1", "c 1"), shown(values, 10));
    assertEquals(List.of("a 3"), shown(values, 1));
    assertEquals(0, values.error());
  }

  @Test
  void shouldCountExactlyAsManyValuesAsItHolds() {
    FrequentValues values =
        of(IntStream.range(0, 3 * FrequentValues.MOST).mapToObj(FrequentValuesTest::cycle));
    assertEquals(0, values.error());
    values.mostFrequent(FrequentValues.MOST).forEach(value -> assertEquals(3, value.count()));
  }

  @Test
  void shouldStayWithinTheErrorThatItStates() {
    Map<String, Long> exact = new HashMap<>();
    FrequentValues values = new FrequentValues(IGNORED);
    Random random = new Random(7);
    int many = 100_000;
    for (int i = 0; i < many; i++) {
      // about Zipf's law, with a long tail
      String value = "v" + (int) Math.pow(20_000, random.nextDouble());
      exact.merge(value, 1L, Long::sum);
      add(values, value);
    }
    assertTrue(values.error() > 0 && values.error() <= many / (FrequentValues.KEPT + 1));
    Map<String, Long> found = new HashMap<>();
    for (FrequentValues.Counted counted : values.mostFrequent(FrequentValues.MOST)) {
      found.put(new String(counted.value(), StandardCharsets.UTF_8), counted.count());
    }
    exact.forEach(
        (value, count) -> {
          long low = found.getOrDefault(value, 0L);
          assertTrue(low <= count && count <= low + values.error(), value + ": " + low);
        });
  }

  @Test
  void shouldFindWhatIsFrequentAmongManyThatAreNot() {
    FrequentValues values =
        of(IntStream.range(0, 50_000).mapToObj(i -> i % 10 == 0 ? "often" : "once " + i));
    assertEquals(
        "often", new String(values.mostFrequent(1).get(0).value(), StandardCharsets.UTF_8));
  }

  @Test
  void shouldMergeWhatWasWritten() {
    FrequentValues both = of(Stream.of("a", "b", "b"));
    byte[] written = written(of(Stream.of("b", "c", "c", "c")));
    both.read(new ByteCursor().reset(written, 0, written.length));
    assertEquals(List.of("b 3", "c 3", "a 1"), shown(both, 10));
  }

  @Test
  void shouldMergeWithinTheErrorThatItStates() {
    FrequentValues both = new FrequentValues(IGNORED);
    for (int part = 0; part < 5; part++) {
      int first = part * 10_000;
      byte[] written =
          written(
              of(IntStream.range(first, first + 10_000).mapToObj(i -> i % 4 == 0 ? "x" : "" + i)));
      both.read(new ByteCursor().reset(written, 0, written.length));
    }
    long low = both.mostFrequent(1).get(0).count();
    assertTrue(low <= 12_500 && 12_500 <= low + both.error());
    assertTrue(both.error() <= 50_000 / (FrequentValues.KEPT + 1));
  }

  @Test
  void shouldWriteAllThatItHas() {
    FrequentValues values =
        of(IntStream.range(0, 3 * FrequentValues.MOST).mapToObj(FrequentValuesTest::cycle));
    byte[] written = written(values);
    FrequentValues read = new FrequentValues(IGNORED);
    read.read(new ByteCursor().reset(written, 0, written.length));
    assertEquals(shown(values, FrequentValues.MOST), shown(read, FrequentValues.MOST));
    assertEquals(0, read.error());
    assertArrayEquals(written, written(read));
  }

  /** Misra and Gries in the plainest way, on a map that keeps the order. */
  private static final class PlainCounts {
    final Map<String, Long> counts = new LinkedHashMap<>();
    long error;

    void add(String value) {
      if (!counts.containsKey(value) && counts.size() == FrequentValues.MOST) {
        long taken =
            counts.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(FrequentValues.KEPT)
                .findFirst()
                .orElseThrow();
        error += taken;
        counts.replaceAll((any, count) -> count - taken);
        counts.values().removeIf(count -> count <= 0);
      }
      counts.merge(value, 1L, Long::sum);
    }
  }

  @Property(tries = 40)
  void shouldCountAsThePlainWayDoes(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 20_000) int different,
      @ForAll @IntRange(min = 0, max = 20) int longest) {
    Random random = new Random(seed);
    Map<String, Long> handedOver = new HashMap<>();
    FrequentValues values =
        new FrequentValues(
            (source, offset, length, times) ->
                handedOver.merge(
                    new String(source, offset, length, StandardCharsets.UTF_8), times, Long::sum));
    PlainCounts plain = new PlainCounts();
    Map<String, Long> exact = new HashMap<>();
    for (int i = 0; i < 6000; i++) {
      // some values are much more frequent than others; some are long, some empty
      String value = "padded to be long".substring(0, longest * 17 / 20);
      value += longest == 0 ? "" : (int) (different * Math.pow(random.nextDouble(), 3));
      add(values, value);
      plain.add(value);
      exact.merge(value, 1L, Long::sum);
      if (random.nextInt(2000) == 0) {
        values.handOver();
      }
    }
    values.handOver();
    assertEquals(exact, handedOver);
    assertEquals(plain.error, values.error());
    Map<String, Long> counted = new HashMap<>();
    for (FrequentValues.Counted each : values.mostFrequent(FrequentValues.MOST)) {
      counted.put(new String(each.value(), StandardCharsets.UTF_8), each.count());
    }
    assertEquals(plain.counts, counted);
  }

  private static String cycle(int i) {
    return "v" + i % FrequentValues.MOST;
  }

  private static FrequentValues of(Stream<String> added) {
    FrequentValues values = new FrequentValues(IGNORED);
    added.forEach(value -> add(values, value));
    return values;
  }

  private static void add(FrequentValues values, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    values.add(utf8, 0, utf8.length);
  }

  private static List<String> shown(FrequentValues values, int most) {
    return values.mostFrequent(most).stream()
        .map(v -> new String(v.value(), StandardCharsets.UTF_8) + " " + v.count())
        .toList();
  }

  private static byte[] written(FrequentValues values) {
    ByteBuilder out = new ByteBuilder();
    values.write(out);
    return out.toByteArray();
  }
}
