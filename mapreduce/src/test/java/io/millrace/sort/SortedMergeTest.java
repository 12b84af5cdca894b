package io.millrace.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

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
      @ForAll @IntRange(max = 20) int longest) {
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

    assertEquals(all.stream().map(Pair::text).toList(), read(new SortedMerge(encoded)));
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

  private static List<String> read(SortedMerge merge) {
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
  void shouldPutTheGreatestPrefixBeforeTheEnd() {
    byte[] greatest = new byte[8];
    Arrays.fill(greatest, (byte) -1);
    List<byte[]> segments =
        List.of(
            encode(List.of(), true),
            encode(List.of(new Pair(greatest, new byte[] {1})), true),
            encode(List.of(new Pair(greatest, new byte[] {2})), false));
    assertEquals(List.of("ffffffffffffffff 01", "ffffffffffffffff 02"), read(merge(segments)));
  }

  @Test
  void shouldHaveNothingOfNoSegments() {
    assertEquals(List.of(), read(merge(List.of())));
    assertTrue(read(merge(List.of(new byte[0], encode(List.of(), true)))).isEmpty());
  }

  private static SortedMerge merge(List<byte[]> segments) {
    return new SortedMerge(segments);
  }
}
