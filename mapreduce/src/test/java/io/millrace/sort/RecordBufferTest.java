package io.millrace.sort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordBufferTest {
  private static final long LARGE = 64L << 20;

  /** A record as one sees it in a failure. */
  private record Entry(int partition, String key, String value) {
    static Entry of(int partition, byte[] key, byte[] value) {
      return new Entry(partition, HexFormat.of().formatHex(key), HexFormat.of().formatHex(value));
    }
  }

  private static final class Slice implements Bytes {
    private final byte[] array;
    private final int length;

    /** In the midst of something else, as it is in a mapper. */
    Slice(byte[] bytes) {
      array = new byte[bytes.length + 5];
      length = bytes.length;
      Arrays.fill(array, (byte) 0x55);
      System.arraycopy(bytes, 0, array, offset(), length);
    }

    static Slice of(byte[] bytes) {
      return new Slice(bytes);
    }

    @Override
    public byte[] array() {
      return array;
    }

    @Override
    public int offset() {
      return 3;
    }

    @Override
    public int length() {
      return length;
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldSortLikeArraysSort(String name, IntFunction<byte[]> keys, int count, int partitions) {
    SplittableRandom random = new SplittableRandom(7);
    RecordBuffer buffer = new RecordBuffer(partitions, LARGE);
    List<Entry> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] key = keys.apply(i);
      int partition = random.nextInt(partitions);
      added.add(add(buffer, partition, key, bytesOf(i)));
    }
    assertEquals(stableSorted(added), sorted(buffer), name);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        keys("none", i -> new byte[0], 0, 1),
        keys("one", i -> new byte[] {1}, 1, 1),
        keys("empty", i -> new byte[0], 1000, 3),
        keys("random", i -> random(i, 16), 5000, 4),
        keys("random, many partitions", i -> random(i, 12), 5000, 4096),
        keys(
            "so many that digits are small first",
            i -> number(i * 0x9e3779b97f4a7c15L, 8),
            66_000,
            1),
        keys("sorted", i -> number(i, 8), 5000, 1),
        keys("reverse", i -> number(5000 - i, 8), 5000, 1),
        keys("all equal", i -> number(5, 40), 5000, 2),
        keys("few keys", i -> random(i % 5, 30), 5000, 2),
        keys("one byte", i -> new byte[] {(byte) i}, 5000, 1),
        keys("signs", i -> new byte[] {(byte) (i * 7), -1, 0, 127, -128}, 1000, 1),
        keys("long common prefix", i -> behind(random(0, 300), random(i, 5)), 5000, 1),
        keys("common prefix in groups", i -> behind(random(i % 7, 33), random(i, 3)), 9000, 2),
        keys("zeros of many lengths", i -> new byte[i % 200], 6000, 1),
        keys("zeros, then one", i -> behind(new byte[8 * (i % 100)], new byte[] {1}), 4000, 1),
        keys("beginnings of one another", i -> Arrays.copyOf(random(0, 500), i % 500), 6000, 1),
        keys("differ behind 8 bytes", i -> behind(new byte[8], number(i % 3000, 2)), 9000, 1),
        keys("nearly all in one bucket", i -> number(i % 50 == 0 ? ~i : i % 3, 8), 9000, 1));
  }

  private static Arguments keys(String name, IntFunction<byte[]> keys, int count, int partitions) {
    return Arguments.of(name, keys, count, partitions);
  }

  @Property(tries = 100)
  void shouldSortAnyRecords(
      @ForAll("recordLists") List<byte[]> records, @ForAll("partitionCounts") int partitions) {
    RecordBuffer buffer = new RecordBuffer(partitions, LARGE);
    List<Entry> added = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      byte[] key = records.get(i);
      added.add(add(buffer, Math.floorMod(Arrays.hashCode(key), partitions), key, bytesOf(i)));
    }
    assertEquals(stableSorted(added), sorted(buffer));
  }

  /** Few different bytes, so that keys agree over long stretches, and end within one another. */
  @Provide
  Arbitrary<List<byte[]>> recordLists() {
    Arbitrary<Byte> bytes = Arbitraries.of((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) -1);
    Arbitrary<byte[]> keys = bytes.array(byte[].class).ofMinSize(0).ofMaxSize(40);
    return keys.list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<Integer> partitionCounts() {
    return Arbitraries.of(1, 2, 3, 100);
  }

  @Test
  void shouldShowWhereKeyAndValueLie() {
    RecordBuffer buffer = new RecordBuffer(1, LARGE);
    for (int length : new int[] {0, 1, 127, 128, 255, 256, 65_535, 65_536, 5 << 20}) {
      assertTrue(buffer.add(0, Slice.of(number(1, 4)), Slice.of(random(length, length))));
      RecordView view = new RecordView();
      buffer.sort();
      buffer.view(buffer.size() - 1, view);
      assertArrayEquals(number(1, 4), copy(view.array(), view.keyOffset(), view.keyLength()));
      assertArrayEquals(
          random(length, length), copy(view.array(), view.valueOffset(), view.valueLength()));
      assertEquals(1 + LengthCode.size(length) + 4 + length, view.length());
    }
  }

  @Test
  void shouldAllocateNoMoreThanItsLimit() {
    SplittableRandom random = new SplittableRandom(3);
    for (long limit : new long[] {10_000, 52_428, 200_000}) {
      RecordBuffer buffer = new RecordBuffer(3, limit);
      int refused = 0;
      List<Entry> added = new ArrayList<>();
      for (int i = 0; i < 8000; i++) {
        // now large, now small records, so that what is kept has the wrong form at times
        boolean large = (i / 800) % 2 == 1 && i % 10 == 0;
        byte[] key = random(i, 8);
        byte[] value = new byte[large ? random.nextInt((int) limit / 3) : 4];
        if (!buffer.add(i % 3, Slice.of(key), Slice.of(value))) {
          assertEquals(stableSorted(added), sorted(buffer));
          buffer.clear();
          added.clear();
          refused++;
          if (!buffer.add(i % 3, Slice.of(key), Slice.of(value))) {
            continue;
          }
        }
        added.add(Entry.of(i % 3, key, value));
        assertTrue(buffer.allocatedBytes() <= limit);
      }
      assertTrue(refused > 0);
    }
  }

  @Test
  void shouldUseMostOfItsLimitForRecordsOfAnySize() {
    for (int length : new int[] {0, 20, 150, 2000, 50_000}) {
      RecordBuffer buffer = new RecordBuffer(1, 4 << 20);
      long bytes = 0;
      while (buffer.add(0, Slice.of(new byte[8]), Slice.of(new byte[length]))) {
        // two bytes of lengths, 16 of what is sorted
        bytes += 8 + length + 2 + 16;
      }
      assertTrue(bytes > (4 << 20) * 2 / 3, length + " bytes a value: " + bytes);
    }
  }

  @Test
  void shouldAllocateOnlyAsRecordsCome() {
    RecordBuffer buffer = new RecordBuffer(1, 1L << 30);
    assertTrue(buffer.add(0, Slice.of(new byte[8]), Slice.of(new byte[8])));
    assertTrue(buffer.allocatedBytes() < 5 << 20);
  }

  @Test
  void shouldRefuseARecordThatIsLargerThanItsLimit() {
    RecordBuffer buffer = new RecordBuffer(1, 1 << 20);
    assertFalse(buffer.add(0, Slice.of(new byte[8]), Slice.of(new byte[1 << 20])));
    assertEquals(0, buffer.size());
    assertTrue(buffer.add(0, Slice.of(new byte[8]), Slice.of(new byte[800_000])));
    assertEquals(1, buffer.size());
  }

  @Test
  void shouldSayHowManyPartitionsThereMayBe() {
    assertEquals(
        "Cannot sort records of 0 partitions: expected 1 to 8388608",
        assertThrows(IllegalArgumentException.class, () -> new RecordBuffer(0, LARGE))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new RecordBuffer((1 << 23) + 1, LARGE));
  }

  private static Entry add(RecordBuffer buffer, int partition, byte[] key, byte[] value) {
    assertTrue(buffer.add(partition, Slice.of(key), Slice.of(value)));
    return Entry.of(partition, key, value);
  }

  private static List<Entry> sorted(RecordBuffer buffer) {
    buffer.sort();
    RecordView view = new RecordView();
    return IntStream.range(0, buffer.size())
        .mapToObj(
            i -> {
              buffer.view(i, view);
              return Entry.of(
                  buffer.partition(i),
                  copy(view.array(), view.keyOffset(), view.keyLength()),
                  copy(view.array(), view.valueOffset(), view.valueLength()));
            })
        .toList();
  }

  /** By Java's own sort, which keeps the order of equals; hexadecimal digits are in byte order. */
  private static List<Entry> stableSorted(List<Entry> entries) {
    Entry[] array = entries.toArray(Entry[]::new);
    Arrays.sort(array, Comparator.comparingInt(Entry::partition).thenComparing(Entry::key));
    return List.of(array);
  }

  private static byte[] copy(byte[] array, int offset, int length) {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] number(long number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
      bytes[length - 1 - i] = (byte) (number >>> (8 * i));
    }
    return bytes;
  }

  private static byte[] bytesOf(int number) {
    return number(number, 4);
  }

  private static byte[] behind(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
