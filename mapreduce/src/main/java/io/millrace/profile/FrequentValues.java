package io.millrace.profile;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The most frequent of many values, in bounded memory: after Misra and Gries, "Finding repeated
 * elements" (1982). Where there are more than {@value #MOST} values, the count of the first that is
 * not among the {@value #KEPT} most frequent is taken off all counts, which is remembered as the
 * error; so a count is too low by that at most, and the error is at most the number of values
 * divided by 257. Counts then depend on the order of the values. Not thread-safe.
 */
final class FrequentValues {
  static final int KEPT = 256;
  static final int MOST = 2 * KEPT;

  private static final int SLOT_BITS = 10;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** A value's bytes and how often it occurs. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Counted(byte[] value, long count) {}

  /** Takes values that are let go of, and how often they came since they were handed over last. */
  interface Sink {
    void accept(byte[] source, int offset, int length, long times);
  }

  private final Sink sink;
  private final long[] hashes = new long[MOST];
  private final long[] counts = new long[MOST];

  /** How often a value came since it was handed over. */
  private final long[] pending = new long[MOST];

  private final int[] starts = new int[MOST + 1];

  /** Number of the value plus one, or 0. */
  private final short[] table = new short[SLOTS];

  private final ByteBuilder bytes = new ByteBuilder();
  private int size;
  private long error;

  /**
   * Values of which each occurrence is handed over once: with the value, when it is let go of, or
   * by {@link #handOver}.
   */
  FrequentValues(Sink sink) {
    this.sink = sink;
  }

  void add(byte[] source, int offset, int length) {
    int number = number(source, offset, length);
    counts[number]++;
    pending[number]++;
  }

  /** The number of a value, which comes to be one of them where it was not. */
  private int number(byte[] source, int offset, int length) {
    long hash = ShortHash.of(source, offset, length);
    int slot = slot(hash, source, offset, length);
    if (table[slot] == 0) {
      if (size == MOST) {
        cut();
        slot = slot(hash, source, offset, length);
      }
      append(slot, hash, source, offset, length);
    }
    return table[slot] - 1;
  }

  private void append(int slot, long hash, byte[] source, int offset, int length) {
    bytes.putBytes(source, offset, length);
    hashes[size] = hash;
    counts[size] = 0;
    pending[size] = 0;
    starts[++size] = bytes.length();
    table[slot] = (short) size;
  }

  /** Hands over all that came and was not handed over yet; the values stay. */
  void handOver() {
    for (int i = 0; i < size; i++) {
      handOver(i);
    }
  }

  private void handOver(int number) {
    if (pending[number] > 0) {
      sink.accept(
          bytes.array(), starts[number], starts[number + 1] - starts[number], pending[number]);
      pending[number] = 0;
    }
  }

  /** By how much counts may be too low. */
  long error() {
    return error;
  }

  /**
   * The most frequent values, most frequent first, of equally frequent ones the lesser bytes first.
   */
  List<Counted> mostFrequent(int most) {
    return IntStream.range(0, size)
        .mapToObj(i -> new Counted(value(i), counts[i]))
        .sorted(
            Comparator.comparingLong((Counted counted) -> -counted.count())
                .thenComparing(Counted::value, Arrays::compareUnsigned))
        .limit(most)
        .toList();
  }

  /** Error, number of values, and of each, most frequent first: its bytes and count. */
  void write(ByteBuilder out) {
    out.putVarint(error).putVarint(size);
    for (Counted counted : mostFrequent(size)) {
      out.putSlice(counted.value(), 0, counted.value().length).putVarint(counted.count());
    }
  }

  /** Adds what was written, which was handed over before. */
  void read(ByteCursor encoded) {
    error += encoded.readVarint();
    long values = encoded.readVarint();
    for (long i = 0; i < values; i++) {
      int length = encoded.readLength();
      int at = encoded.advance(length);
      counts[number(encoded.array(), at, length)] += encoded.readVarint();
    }
  }

  /**
   * Takes the count of the first that is not kept off all counts, and lets go of what is 0 then.
   */
  private void cut() {
    long taken = leastTaken();
    error += taken;
    Arrays.fill(table, (short) 0);
    int kept = 0;
    int end = 0;
    byte[] array = bytes.array();
    for (int i = 0; i < size; i++) {
      if (counts[i] > taken) {
        int length = starts[i + 1] - starts[i];
        System.arraycopy(array, starts[i], array, end, length);
        end += length;
        hashes[kept] = hashes[i];
        counts[kept] = counts[i] - taken;
        pending[kept] = pending[i];
        starts[++kept] = end;
        table[slot(hashes[kept - 1], array, end - length, length)] = (short) kept;
      } else {
        handOver(i);
      }
    }
    size = kept;
    bytes.truncate(end);
  }

  /** The count of the first that is not kept. */
  private long leastTaken() {
    int ones = 0;
    for (int i = 0; i < size; i++) {
      ones += counts[i] == 1 ? 1 : 0;
    }
    if (ones >= size - KEPT) {
      return 1; // as nearly always: most values are rare
    }
    long[] ascending = Arrays.copyOf(counts, size);
    Arrays.sort(ascending);
    return ascending[size - KEPT - 1];
  }

  private byte[] value(int number) {
    return Arrays.copyOfRange(bytes.array(), starts[number], starts[number + 1]);
  }

  /** Where the number of a value is, or belongs. */
  private int slot(long hash, byte[] source, int offset, int length) {
    int slot = (int) (hash >>> (Long.SIZE - SLOT_BITS));
    while (table[slot] != 0 && !has(table[slot] - 1, hash, source, offset, length)) {
      slot = slot + 1 & SLOTS - 1;
    }
    return slot;
  }

  private boolean has(int number, long hash, byte[] source, int offset, int length) {
    int start = starts[number];
    int end = starts[number + 1];
    return hashes[number] == hash
        && end - start == length
        && (length <= ShortHash.UNIQUE
            || Arrays.equals(bytes.array(), start, end, source, offset, offset + length));
  }
}
