package io.millrace.profile;

/**
 * The least and the greatest of some values by their first eight bytes, in unsigned order. Not
 * thread-safe.
 */
final class ValueRange {
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  /** Whether a value lies between two that were included, and is neither of them. */
  boolean isInside(byte[] source, int offset, int length) {
    long start = start(source, offset, length);
    return start > least && start < greatest;
  }

  void include(byte[] source, int offset, int length) {
    long start = start(source, offset, length);
    least = Math.min(least, start);
    greatest = Math.max(greatest, start);
  }

  /** The first bytes as a number of the same order; zeros stand for those that are missing. */
  private static long start(byte[] source, int offset, int length) {
    long start = 0;
    int count = Math.min(length, Long.BYTES);
    for (int i = 0; i < count; i++) {
      start |= (source[offset + i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i + 1));
    }
    return start ^ Long.MIN_VALUE;
  }
}
