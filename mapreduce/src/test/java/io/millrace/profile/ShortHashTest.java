package io.millrace.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShortHashTest {
  @Property(tries = 300)
  void shouldNotHangOnWhatLiesAround(
      @ForAll @Size(max = 40) byte[] value,
      @ForAll @IntRange(max = 12) int before,
      @ForAll @IntRange(max = 12) int behind,
      @ForAll byte filling) {
    byte[] around = new byte[before + value.length + behind];
    Arrays.fill(around, filling);
    System.arraycopy(value, 0, around, before, value.length);
    assertEquals(ShortHash.of(value, 0, value.length), ShortHash.of(around, before, value.length));
  }

  @Property(tries = 300)
  void shouldSeeEachByte(
      @ForAll @Size(min = 1, max = 40) byte[] value,
      @ForAll @IntRange(max = 39) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] changed = value.clone();
    changed[place % value.length] ^= (byte) change;
    assertNotEquals(ShortHash.of(value, 0, value.length), ShortHash.of(changed, 0, changed.length));
  }

  @Test
  void shouldTellAllValuesOfTwoBytesApartAndSpreadThem() {
    Set<Long> hashes = new HashSet<>();
    int[] slots = new int[256];
    for (int i = 0; i < 1 << 16; i++) {
      long hash = ShortHash.of(new byte[] {(byte) i, (byte) (i >> 8)}, 0, 2);
      hashes.add(hash);
      slots[(int) (hash >>> 56)]++;
    }
    assertEquals(1 << 16, hashes.size());
    // 256 each would be even
    assertTrue(Arrays.stream(slots).allMatch(count -> count > 180 && count < 340));
  }
}
