package io.millrace.sort;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Merges sorted segments by a tree of losers: records come in the order of the unsigned bytes of
 * their keys, those with equal keys in the order of their segments. A segment is a row of records
 * as {@link LengthCode} has them, length of the key, length of the value, key, value, and ends with
 * two bytes of -1, or with its stream. Not thread-safe.
 */
public final class SortedMerge {
  private static final byte END = -1;
  private static final int END_BYTES = 2;

  /** The key of a segment that has ended: none is greater. */
  private static final long LAST_PREFIX = -1;

  private static final byte[] NOTHING = {};

  /** What the lengths of a record take at most. */
  private static final int LONGEST_HEAD = SegmentWindow.ZEROS;

  private final SegmentWindow[] windows;

  /** The windows' bytes, and where they end. */
  private final byte[][] segments;

  private final int[] ends;
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

  /** A merge that stands before its first record. */
  public SortedMerge(List<SegmentWindow> windows) throws IOException {
    this.windows = windows.toArray(SegmentWindow[]::new);
    int count = this.windows.length;
    segments = new byte[count][];
    ends = new int[count];
    Arrays.fill(segments, NOTHING);
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

  /**
   * Moves to the next record; the array of the one before may be written to.
   *
   * @return whether there is one
   * @throws EOFException where a segment ends within a record
   */
  public boolean next() throws IOException {
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

  private void advance() throws IOException {
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
  private void read(int segment, int place) throws IOException {
    int offset = place;
    if (ends[segment] - offset < LONGEST_HEAD) {
      offset = fill(segment, offset, LONGEST_HEAD);
    }
    byte[] source = segments[segment];
    if (offset == ends[segment]) {
      end(segment, offset);
      return;
    }
    if (source[offset] == END) {
      end(segment, offset + END_BYTES);
      return;
    }
    int valueCode = offset + LengthCode.sizeBy(source[offset]);
    int key = valueCode + LengthCode.sizeBy(source[valueCode]);
    int length = LengthCode.read(source, offset);
    int ofValue = LengthCode.read(source, valueCode);
    int behind = key + length + ofValue;
    if (behind > ends[segment]) {
      int moved = fill(segment, offset, behind - offset) - offset;
      if (behind + moved > ends[segment]) {
        throw new EOFException("a sorted segment ends within a record");
      }
      source = segments[segment];
      key += moved;
    }
    keyOffsets[segment] = key;
    keyLengths[segment] = length;
    valueLengths[segment] = ofValue;
    prefixes[segment] = RecordArena.prefix(source, key, length);
  }

  private int fill(int segment, int place, int least) throws IOException {
    SegmentWindow window = windows[segment];
    int moved = window.fill(place, least);
    segments[segment] = window.bytes();
    ends[segment] = window.end();
    return moved;
  }

  private void end(int segment, int behind) throws IOException {
    windows[segment].finish(behind);
    ended[segment] = true;
    prefixes[segment] = LAST_PREFIX;
    segments[segment] = NOTHING;
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
