package io.millrace.learn.prepare;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.XxHash64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * In how many rows of each date each input is filled, and whether with different values. Merges
 * associatively and commutatively. Not thread-safe.
 */
final class DatePresence {
  private final Column[] inputs;
  private final int[] slots;
  private final int dateSlot;
  private final TreeMap<Long, Day> days = new TreeMap<>();
  private @Nullable Day last;
  private long lastDate;

  /** The rows of one date. */
  static final class Day {
    long rows;
    final long[] filled;

    /** Hash of the first value. */
    private final long[] hash;

    /** Whether a value differs from the first. */
    final boolean[] varies;

    private Day(int inputs) {
      filled = new long[inputs];
      hash = new long[inputs];
      varies = new boolean[inputs];
    }

    /** Whether there is one value only, which is that of another date. */
    boolean hasOnly(int input, Day other) {
      return !varies[input] && !other.varies[input] && hash[input] == other.hash[input];
    }

    private void add(int input, long times, long valueHash, boolean valueVaries) {
      if (filled[input] == 0) {
        hash[input] = valueHash;
      }
      filled[input] += times;
      varies[input] |= valueVaries || hash[input] != valueHash;
    }
  }

  /**
   * @param slots of the inputs
   */
  DatePresence(List<Column> inputs, int[] slots, int dateSlot) {
    this.inputs = inputs.toArray(Column[]::new);
    this.slots = slots;
    this.dateSlot = dateSlot;
  }

  void add(Row row) {
    Day day = day(row.longs[dateSlot]);
    day.rows++;
    for (int i = 0; i < slots.length; i++) {
      if (!row.nulls[slots[i]]) {
        day.add(i, 1, day.varies[i] ? day.hash[i] : hash(row, i), false);
      }
    }
  }

  private Day day(long date) {
    Day day = last;
    if (day == null || lastDate != date) {
      day = days.computeIfAbsent(date, key -> new Day(inputs.length));
      last = day;
      lastDate = date;
    }
    return day;
  }

  private long hash(Row row, int input) {
    int slot = slots[input];
    Kind.Storage storage = inputs[input].type().kind().storage();
    return switch (storage) {
      case LONG -> row.longs[slot];
      case DOUBLE -> Double.doubleToLongBits(row.doubles[slot] + 0.0);
      case SLICE -> XxHash64.hash(row.bytes, row.offsets[slot], row.lengths[slot]);
    };
  }

  /** The dates, as days since 1970-01-01, ascending. */
  Map<Long, Day> days() {
    return days;
  }

  void write(ByteBuilder out) {
    out.putVarint(days.size());
    days.forEach(
        (date, day) -> {
          out.putVarint(date).putVarint(day.rows);
          for (int i = 0; i < inputs.length; i++) {
            out.putVarint(day.filled[i]).putByte(day.varies[i] ? 1 : 0);
            // which value came first is nobody's business where others followed
            out.putBigEndian(day.varies[i] ? 0 : day.hash[i]);
          }
        });
  }

  void merge(ByteCursor encoded) {
    long dates = encoded.readVarint();
    for (long number = 0; number < dates; number++) {
      Day day = day(encoded.readVarint());
      day.rows += encoded.readVarint();
      for (int i = 0; i < inputs.length; i++) {
        long filled = encoded.readVarint();
        boolean varies = encoded.readByte() != 0;
        long hash = encoded.readBigEndian();
        if (filled > 0) {
          day.add(i, filled, hash, varies);
        }
      }
    }
  }
}
