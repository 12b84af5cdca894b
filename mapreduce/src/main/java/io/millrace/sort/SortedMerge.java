package io.millrace.sort;

import java.util.Arrays;
import java.util.List;

/**
 * Merges sorted segments in memory by a tree of losers: records come in the order of the unsigned
 * bytes of their keys, those with equal keys in the order of their segments. A segment is an array
 * of records as {@link LengthCode} has them, length of the key, length of the value, key, value,
 * and ends with two bytes of -1, or with the array. Segments that are read to their end are let go.
 * Not thread-safe.
 */
public final class SortedMerge {
  private static final byte END = -1;

  /** The key of a segment that has ended: none is greater. */
  private static final long LAST_PREFIX = -1;

  private static final byte[] NOTHING = {};

  private final byte[][] segments;
  private final int[] keyOffsets;
  private final int[] keyLengths;
  private final int[] valueLengths;
  private final boolean[] ended;

  /** The first bytes of the keys that the segments stand at. */
  private final long[] prefixes;

  /** The segment of the record that comes first, then the loser of each match. */
  private final int[] tree;

  /** Whether the record that came last is still to be left. */
  private boolean onRecord;

  private long bytes;
  private byte[] array = NOTHING;
  private int keyOffset;
  private int keyLength;
  private int valueLength;

  /** A merge that stands before its first record; it takes the arrays over. */
  public SortedMerge(List<byte[]> segments) {
    this.segments = segments.toArray(byte[][]::new);
    int count = this.segments.length;
    keyOffsets = new int[count];
    keyLengths = new int[count];
    valueLengths = new int[count];
    ended = new boolean[count];
    prefixes = new long[count];
    tree = new int[Math.max(1, count)];
    for (int segment = 0; segment < count; segment++) {
      read(segment, 0);
    }
    Arrays.fill(tree, -1);
    for (int segment = count - 1; segment >= 0; segment--) {
      enter(segment);
    }
  }

  /** Moves to the next record; false where there is none. */
  public boolean next() {
    if (onRecord) {
      advance();
    }
    int first = tree[0];
    onRecord = first >= 0 && !ended[first];
    if (!onRecord) {
      return false;
    }
    array = segments[first];
    keyOffset = keyOffsets[first];
    keyLength = keyLengths[first];
    valueLength = valueLengths[first];
    bytes += (long) keyLength + valueLength;
    return true;
  }

  /** The array that holds key and value. */
  public byte[] array() {
    return array;
  }

  public int keyOffset() {
    return keyOffset;
  }

  public int keyLength() {
    return keyLength;
  }

  public int valueOffset() {
    return keyOffset + keyLength;
  }

  public int valueLength() {
    return valueLength;
  }

  /** Bytes of the keys and values that have come so far. */
  public long bytes() {
    return bytes;
  }

  /** Lets a segment play until it meets a place where no other has been, or has won. */
  private void enter(int segment) {
    int winner = segment;
    for (int match = (segment + segments.length) >> 1; match > 0; match >>= 1) {
      int other = tree[match];
      if (other < 0) {
        tree[match] = winner;
        return;
      }
      if (isBefore(other, winner)) {
        tree[match] = winner;
        winner = other;
      }
    }
    tree[0] = winner;
  }

  private void advance() {
    int winner = tree[0];
    read(winner, keyOffset + keyLength + valueLength);
    for (int match = (winner + segments.length) >> 1; match > 0; match >>= 1) {
      int other = tree[match];
      if (isBefore(other, winner)) {
        tree[match] = winner;
        winner = other;
      }
    }
    tree[0] = winner;
  }

  /** Lets a segment stand at the record that begins at a place. */
  private void read(int segment, int offset) {
    byte[] source = segments[segment];
    if (offset == source.length || source[offset] == END) {
      ended[segment] = true;
      prefixes[segment] = LAST_PREFIX;
      segments[segment] = NOTHING;
      return;
    }
    int valueCode = offset + LengthCode.sizeBy(source[offset]);
    int key = valueCode + LengthCode.sizeBy(source[valueCode]);
    int length = LengthCode.read(source, offset);
    keyOffsets[segment] = key;
    keyLengths[segment] = length;
    valueLengths[segment] = LengthCode.read(source, valueCode);
    prefixes[segment] = RecordArena.prefix(source, key, length);
  }

  private boolean isBefore(int one, int other) {
    long prefix = prefixes[one];
    long otherPrefix = prefixes[other];
    return prefix == otherPrefix
        ? isBeforeByBytes(one, other)
        : Long.compareUnsigned(prefix, otherPrefix) < 0;
  }

  private boolean isBeforeByBytes(int one, int other) {
    if (ended[one] || ended[other]) {
      return !ended[one];
    }
    int order =
        Arrays.compareUnsigned(
            segments[one],
            keyOffsets[one],
            keyOffsets[one] + keyLengths[one],
            segments[other],
            keyOffsets[other],
            keyOffsets[other] + keyLengths[other]);
    return order != 0 ? order < 0 : one < other;
  }
}
