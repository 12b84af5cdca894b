package io.millrace.row;

/**
 * Buckets of a 64-bit hash: its top bits are the bucket, and the number of buckets is a power of
 * two. So the buckets of a data set, one after the other, are sorted by hash, and those of another
 * number of buckets line up with them.
 */
public final class Buckets {
  private Buckets() {}

  /** The bucket of a hash among {@code buckets}. */
  public static int of(long hash, int buckets) {
    return buckets == 1 ? 0 : (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(buckets)));
  }

  /** The least (unsigned) hash of a bucket. */
  public static long firstHash(int bucket, int buckets) {
    return buckets == 1 ? 0 : (long) bucket << (Long.SIZE - Integer.numberOfTrailingZeros(buckets));
  }

  /**
   * The least power of two that is not below {@code wanted}: at least 1, at most {@code most} (a
   * power of two).
   */
  public static int count(long wanted, int most) {
    if (wanted >= most) {
      return most;
    }
    return wanted <= 1 ? 1 : Integer.highestOneBit((int) wanted - 1) << 1;
  }
}
