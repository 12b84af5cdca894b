package io.millrace.job.clean;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.job.clean.CleanSettings.Duplicates;
import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
  /** A record, as ISO 8859-1 has its bytes, and when it happened. */
  record Event(long time, String bytes) {}

  /** What is written of some events, each handed in by the same reused slice. */
  private static String kept(Duplicates duplicates, List<Event> events) {
    DuplicateFilter filter = new DuplicateFilter(duplicates);
    filter.begin();
    byte[] buffer = new byte[64];
    Slice reused = new Slice();
    for (Event event : events) {
      ByteBuilder value = new ByteBuilder();
      DuplicateFilter.putTime(value, event.time());
      value.putBytes(event.bytes().getBytes(ISO_8859_1));
      Arrays.fill(buffer, (byte) 7);
      System.arraycopy(value.array(), 0, buffer, 3, value.length());
      filter.add(reused.set(buffer, 3, value.length()));
    }
    Arrays.fill(buffer, (byte) 7);
    assertEquals(events.size(), filter.seen());
    assertEquals(1, filter.copies());
    return new String(filter.kept(new Slice()).toByteArray(), ISO_8859_1);
  }

  @Property
  void shouldKeepTheEarliestWhateverTheOrder(
      @ForAll("events") List<Event> events, @ForAll Random random) {
    Event expected =
        Collections.min(events, Comparator.comparingLong(Event::time).thenComparing(Event::bytes));
    Collections.shuffle(events, random);
    assertEquals(expected.bytes(), kept(Duplicates.KEEP_EARLIEST, events));
  }

  @Property
  void shouldKeepTheLatestWhateverTheOrder(
      @ForAll("events") List<Event> events, @ForAll Random random) {
    Event expected =
        Collections.min(
            events, Comparator.comparingLong(Event::time).reversed().thenComparing(Event::bytes));
    Collections.shuffle(events, random);
    assertEquals(expected.bytes(), kept(Duplicates.KEEP_LATEST, events));
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Long> times =
        Arbitraries.oneOf(Arbitraries.longs().between(-2, 2), Arbitraries.longs());
    Arbitrary<String> bytes = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(3);
    return Combinators.combine(times, bytes).as(Event::new).list().ofMinSize(1).ofMaxSize(12);
  }

  @Test
  void shouldKeepAllOrOneOfEqualRecords() {
    Slice body = Slice.of("the record");
    DuplicateFilter all = new DuplicateFilter(Duplicates.KEEP_ALL);
    DuplicateFilter one = new DuplicateFilter(Duplicates.KEEP_ONE_OF_EQUAL);
    for (DuplicateFilter filter : List.of(all, one)) {
      filter.begin();
      filter.add(new Slice());
      filter.add(new Slice());
      assertEquals(2, filter.seen());
      assertEquals(body, filter.kept(body));
    }
    assertEquals(2, all.copies());
    assertEquals(1, one.copies());
  }

  @Property
  void shouldKeepNoneOfAKeyThatAnEarlierDateKept(
      @ForAll("events") List<Event> events, @ForAll Random random) {
    for (Duplicates duplicates : List.of(Duplicates.KEEP_EARLIEST, Duplicates.KEEP_LATEST)) {
      DuplicateFilter filter = new DuplicateFilter(duplicates);
      List<Slice> values = new ArrayList<>(List.of(new Slice(), new Slice()));
      for (Event event : events) {
        ByteBuilder value = new ByteBuilder();
        DuplicateFilter.putTime(value, event.time());
        values.add(new Slice(value.putBytes(event.bytes().getBytes(ISO_8859_1)).toByteArray()));
      }
      Collections.shuffle(values, random);
      filter.begin();
      values.forEach(filter::add);
      assertEquals(0, filter.copies());
      assertEquals(events.size(), filter.seen());
      assertEquals(events.size(), filter.duplicatesOfEarlier());
      filter.begin();
      filter.add(values.stream().filter(value -> value.length() > 0).findFirst().orElseThrow());
      assertEquals(1, filter.copies());
      assertEquals(0, filter.duplicatesOfEarlier());
    }
  }

  @Test
  void shouldForgetTheKeyBefore() {
    DuplicateFilter filter = new DuplicateFilter(Duplicates.KEEP_LATEST);
    for (long time : new long[] {9, 1}) {
      filter.begin();
      ByteBuilder value = new ByteBuilder();
      DuplicateFilter.putTime(value, time);
      value.putByte((int) time);
      filter.add(new Slice(value.toByteArray()));
      assertArrayEquals(new byte[] {(byte) time}, filter.kept(new Slice()).toByteArray());
    }
  }
}
