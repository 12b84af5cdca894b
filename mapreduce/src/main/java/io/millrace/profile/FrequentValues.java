package io.millrace.profile;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
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

  private static final int SLOTS = 4 * KEPT;

  /** A value's bytes and how often it occurs. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Counted(byte[] value, long count) {}

  private final long[] hashes = new long[MOST];
  private final long[] counts = new long[MOST];
  private final int[] starts = new int[MOST + 1];

  /** Number of the value plus one, or 0. */
  private final int[] table = new int[SLOTS];

  private final ByteBuilder bytes = new ByteBuilder();
  private int size;
  private long error;

  void add(byte[] source, int offset, int length) {
    add(source, offset, length, 1);
  }

  /** Adds a value unless that would take something off the counts; returns whether it did. */
  boolean addIfExact(byte[] source, int offset, int length) {
    long hash = XxHash64.hash(source, offset, length);
    int slot = slot(hash, source, offset, length);
    if (table[slot] != 0) {
      counts[table[slot] - 1]++;
      return true;
    }
    if (size == MOST) {
      return false;
    }
    append(slot, hash, source, offset, length, 1);
    return true;
  }

  private void add(byte[] source, int offset, int length, long count) {
    long hash = XxHash64.hash(source, offset, length);
    int slot = slot(hash, source, offset, length);
    if (table[slot] != 0) {
      counts[table[slot] - 1] += count;
      return;
    }
    if (size == MOST) {
      cut();
      slot = slot(hash, source, offset, length);
    }
    append(slot, hash, source, offset, length, count);
  }

  private void append(int slot, long hash, byte[] source, int offset, int length, long count) {
    bytes.putBytes(source, offset, length);
    hashes[size] = hash;
    counts[size] = count;
    starts[++size] = bytes.length();
    table[slot] = size;
  }

  void add(FrequentValues other) {
    error += other.error;
    for (int i = 0; i < other.size; i++) {
      add(
          other.bytes.array(),
          other.starts[i],
          other.starts[i + 1] - other.starts[i],
          other.counts[i]);
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

  /** Adds what was written. */
  void read(ByteCursor encoded) {
    error += encoded.readVarint();
    long values = encoded.readVarint();
    for (long i = 0; i < values; i++) {
      int length = encoded.readLength();
      int at = encoded.advance(length);
      add(encoded.array(), at, length, encoded.readVarint());
    }
  }

  /**
   * Takes the count of the first that is not kept off all counts, and lets go of what is 0 then.
   */
  private void cut() {
    long[] ascending = Arrays.copyOf(counts, size);
    Arrays.sort(ascending);
    long taken = ascending[size - KEPT - 1];
    error += taken;
    Arrays.fill(table, 0);
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
        starts[++kept] = end;
        table[slot(hashes[kept - 1], array, end - length, length)] = kept;
      }
    }
    size = kept;
    bytes.truncate(end);
  }

  private byte[] value(int number) {
    return Arrays.copyOfRange(bytes.array(), starts[number], starts[number + 1]);
  }

  /** Where the number of a value is, or belongs. */
  private int slot(long hash, byte[] source, int offset, int length) {
    int slot = (int) hash & SLOTS - 1;
    while (table[slot] != 0 && !has(table[slot] - 1, hash, source, offset, length)) {
      slot = slot + 1 & SLOTS - 1;
    }
    return slot;
  }

  private boolean has(int number, long hash, byte[] source, int offset, int length) {
    return hashes[number] == hash
        && Arrays.equals(
            bytes.array(), starts[number], starts[number + 1], source, offset, offset + length);
  }
}
