package io.millrace.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "4095, 4096", "4097, 4096", "-3, 1"})
  void shouldRoundUpToAPowerOfTwo(long wanted, int count) {
    assertEquals(count, Buckets.count(wanted, 4096));
  }

  @Property
  void shouldLineUpWithTwiceAsManyBuckets(@ForAll long hash, @ForAll @IntRange(max = 11) int bits) {
    int buckets = 1 << bits;
    assertEquals(Buckets.of(hash, buckets), Buckets.of(hash, 2 * buckets) / 2);
  }

  @Property
  void shouldBeginWithItsFirstHash(@ForAll long hash, @ForAll @IntRange(max = 12) int bits) {
    int buckets = 1 << bits;
    int bucket = Buckets.of(hash, buckets);
    assertTrue(Long.compareUnsigned(Buckets.firstHash(bucket, buckets), hash) <= 0);
    if (bucket + 1 < buckets) {
      assertTrue(Long.compareUnsigned(Buckets.firstHash(bucket + 1, buckets), hash) > 0);
    }
  }
}
