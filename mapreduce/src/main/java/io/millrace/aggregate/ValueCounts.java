package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How often each value of a type occurs. Not thread-safe.
 *
 * <p>Stored as each value and its count (Avro long), in ascending order of the values.
 */
public final class ValueCounts implements HeldState {
  private static final int INITIAL_VALUES = 2;
  private static final int OWN_BYTES = 32;

  private ValueTable values = new ValueTable();
  private long[] counts = new long[INITIAL_VALUES];

  /** Adds a value as often as it occurs. */
  public void add(byte[] source, int offset, int length, long count) {
    int number = values.number(source, offset, length);
    if (number == counts.length) {
      counts = Arrays.copyOf(counts, 2 * number);
    }
    counts[number] += count;
  }

  /** Adds the counts of others. */
  public void add(ValueCounts other) {
    ValueTable more = other.values;
    for (int number = 0; number < more.size(); number++) {
      add(more.array(), more.offset(number), more.length(number), other.counts[number]);
    }
  }

  /** How many different values there are. */
  public int size() {
    return values.size();
  }

  /** The values, by their numbers. */
  public ValueTable values() {
    return values;
  }

  /** How often the value of a number occurs. */
  public long count(int number) {
    return counts[number];
  }

  /**
   * The numbers of the most frequent values, most frequent first, of equally frequent the least.
   */
  int[] mostFrequent(int most) {
    Comparator<Integer> byCount = Comparator.comparingLong(number -> -counts[number]);
    return IntStream.range(0, size())
        .boxed()
        .sorted(byCount.thenComparing(values.order()))
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The number of the most frequent value, of equally frequent ones the least. */
  int mode() {
    Comparator<Integer> order = values.order();
    int best = 0;
    for (int number = 1; number < size(); number++) {
      if (counts[number] > counts[best]
          || (counts[number] == counts[best] && order.compare(number, best) < 0)) {
        best = number;
      }
    }
    return best;
  }

  /** Keeps the most frequent values only. */
  void keep(int most) {
    if (size() <= most) {
      return;
    }
    ValueCounts kept = new ValueCounts();
    for (int number : mostFrequent(most)) {
      kept.add(values.array(), values.offset(number), values.length(number), counts[number]);
    }
    values = kept.values;
    counts = kept.counts;
  }

  @Override
  public int bytes() {
    return OWN_BYTES + values.bytes() + counts.length * Long.BYTES;
  }

  /** Appends values and counts. */
  public void write(ValueForm form, ByteBuilder out) {
    form.startList();
    for (int number : values.ascending()) {
      form.write(values.array(), values.offset(number), values.length(number), out);
      out.putVarint(counts[number]);
    }
  }

  /** Adds what was written, which ends where it says. */
  public void read(ValueForm form, ByteCursor encoded, int end) {
    form.startList();
    while (encoded.position() < end) {
      form.read(encoded);
      long count = encoded.readVarint();
      if (count <= 0) {
        throw new IllegalArgumentException(
            "Cannot read counts: a value occurs " + count + " times");
      }
      add(form.array(), form.offset(), form.length(), count);
    }
  }
}
