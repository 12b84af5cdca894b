package io.millrace.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedMergeTest {
  @SuppressWarnings("ArrayRecordComponent")
  private record Pair(byte[] key, byte[] value) {
    String text() {
      return HexFormat.of().formatHex(key) + " " + HexFormat.of().formatHex(value);
    }
  }

  /** Java's sort is stable, as the merge is. */
  @Property(tries = 200)
  void shouldGiveWhatSortingAllRecordsGives(
      @ForAll long seed,
      @ForAll @IntRange(max = 9) int segments,
      @ForAll @IntRange(min = 1, max = 3) int letters,
      @ForAll @IntRange(max = 20) int longest,
      @ForAll @IntRange(min = 1, max = 2000) int window)
      throws IOException {
    Random random = new Random(seed);
    List<Pair> all = new ArrayList<>();
    List<byte[]> encoded = new ArrayList<>();
    for (int segment = 0; segment < segments; segment++) {
      List<Pair> pairs = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        pairs.add(new Pair(bytes(random, longest, letters), bytes(random, 300, 256)));
      }
      pairs.sort((one, other) -> Arrays.compareUnsigned(one.key(), other.key()));
      all.addAll(pairs);
      encoded.add(encode(pairs, random.nextBoolean()));
    }
    all.sort((one, other) -> Arrays.compareUnsigned(one.key(), other.key()));

    assertEquals(all.stream().map(Pair::text).toList(), read(merge(encoded, window)));
  }

  /** With few letters, keys are often equal or begin with the same bytes; 0 and 255 among them. */
  private static byte[] bytes(Random random, int longest, int letters) {
    byte[] bytes = new byte[random.nextInt(longest + 1)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (letters == 256 ? random.nextInt(letters) : -random.nextInt(letters));
    }
    return bytes;
  }

  private static byte[] encode(List<Pair> pairs, boolean marked) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Pair pair : pairs) {
      writeLength(pair.key().length, out);
      writeLength(pair.value().length, out);
      out.writeBytes(pair.key());
      out.writeBytes(pair.value());
    }
    if (marked) {
      out.write(-1);
      out.write(-1);
    }
    return out.toByteArray();
  }

  /** As Hadoop's {@code WritableUtils.writeVInt} has numbers up to 65,535. */
  private static void writeLength(int length, ByteArrayOutputStream out) {
    if (length > 255) {
      out.write(-114);
      out.write(length >> 8);
    } else if (length > 127) {
      out.write(-113);
    }
    out.write(length);
  }

  private static List<String> read(SortedMerge merge) throws IOException {
    List<String> records = new ArrayList<>();
    long bytes = 0;
    while (merge.next()) {
      records.add(
          new Pair(
                  copy(merge, merge.keyOffset(), merge.keyLength()),
                  copy(merge, merge.valueOffset(), merge.valueLength()))
              .text());
      bytes += merge.keyLength() + merge.valueLength();
      assertEquals(bytes, merge.bytes());
    }
    assertFalse(merge.next());
    return records;
  }

  private static byte[] copy(SortedMerge merge, int offset, int length) {
    return Arrays.copyOfRange(merge.array(), offset, offset + length);
  }

  @Test
  void shouldPutTheGreatestPrefixBeforeTheEnd() throws IOException {
    byte[] greatest = new byte[8];
    Arrays.fill(greatest, (byte) -1);
    List<byte[]> segments =
        List.of(
            encode(List.of(), true),
            encode(List.of(new Pair(greatest, new byte[] {1})), true),
            encode(List.of(new Pair(greatest, new byte[] {2})), false));
    assertEquals(List.of("ffffffffffffffff 01", "ffffffffffffffff 02"), read(merge(segments, 64)));
  }

  @Test
  void shouldHaveNothingOfNoSegments() throws IOException {
    assertEquals(List.of(), read(merge(List.of(), 64)));
    assertTrue(read(merge(List.of(new byte[0], encode(List.of(), true)), 64)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 10_000})
  void shouldNotTakeASegmentForWholeThatIsCutShort(int window) {
    byte[] whole = encode(List.of(new Pair(new byte[3], new byte[200])), false);
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(EOFException.class, () -> read(merge(List.of(cut), window)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 10_000})
  void shouldNotPassOverBytesBehindTheEnd(int window) {
    byte[] marked = encode(List.of(new Pair(new byte[3], new byte[200])), true);
    byte[] longer = Arrays.copyOf(marked, marked.length + window + 20);
    assertThrows(EOFException.class, () -> read(merge(List.of(longer), window)));
  }

  @Test
  void shouldCloseASegmentAsSoonAsItsLastRecordIsLeft() throws IOException {
    byte[] first = encode(List.of(new Pair(new byte[] {1}, new byte[90])), true);
    byte[] second = encode(List.of(new Pair(new byte[] {2}, new byte[90])), true);
    List<Integer> closed = new ArrayList<>();
    SortedMerge merge =
        new SortedMerge(
            List.of(
                new SegmentWindow(noting(first, 1, closed), 8),
                new SegmentWindow(noting(second, 2, closed), 8)));
    assertTrue(merge.next());
    assertEquals(List.of(), closed);
    assertTrue(merge.next());
    assertEquals(List.of(1), closed);
    assertFalse(merge.next());
    assertEquals(List.of(1, 2), closed);
  }

  private static InputStream noting(byte[] bytes, int number, List<Integer> closed) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public void close() {
        closed.add(number);
      }
    };
  }

  private static SortedMerge merge(List<byte[]> segments, int window) throws IOException {
    return new SortedMerge(
        segments.stream()
            .map(segment -> new SegmentWindow(new ByteArrayInputStream(segment), window))
            .toList());
  }
}
