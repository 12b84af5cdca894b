package io.millrace.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One record, reused. A value lies in the array that its {@link Kind#storage()} names, at the slot
 * of its column; text is a slice of {@link #bytes}, which is laid out as {@code [constants | record
 * | scratch]}. The arrays are public because compiled expressions read them. Not thread-safe.
 */
public final class Row {
  private static final int INITIAL_CAPACITY = 4096;

  /** Grows by being replaced: never keep it across a call that may allocate. */
  public byte[] bytes;

  public final long[] longs;
  public final double[] doubles;
  public final int[] offsets;
  public final int[] lengths;
  public final boolean[] nulls;

  /** Which step of a compiled program ran last, so that an error can be given its name. */
  public int step;

  private final int base;
  private int end;

  /**
   * @param slots number of columns
   * @param constants text that compiled expressions refer to; stays at the start of the buffer
   */
  public Row(int slots, byte[] constants) {
    base = constants.length;
    end = base;
    bytes = Arrays.copyOf(constants, Math.max(INITIAL_CAPACITY, 2 * base));
    longs = new long[slots];
    doubles = new double[slots];
    offsets = new int[slots];
    lengths = new int[slots];
    nulls = new boolean[slots];
  }

  public Row(int slots) {
    this(slots, new byte[0]);
  }

  /** Forgets the last record and copies a new one behind the constants. Returns where it starts. */
  public int load(byte[] source, int offset, int length) {
    end = base;
    int start = allocate(length);
    System.arraycopy(source, offset, bytes, start, length);
    return start;
  }

  /**
   * Forgets the last record, and goes on in the buffer of another row with the same constants,
   * behind all that is there: records that were loaded by one row can be decoded into several.
   */
  public void goOnBehind(Row other) {
    bytes = other.bytes;
    end = other.end;
  }

  /** Forgets the last record. */
  public void clear() {
    end = base;
  }

  /**
   * Room for {@code length} bytes behind all that is there; returns its offset. May replace {@link
   * #bytes}.
   */
  public int allocate(int length) {
    int start = end;
    int needed = Math.addExact(start, length);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 16)));
    }
    end = needed;
    return start;
  }

  /** Gives back what was allocated behind {@code offset}. */
  public void truncate(int offset) {
    end = offset;
  }

  /** Where the next allocation starts. */
  public int end() {
    return end;
  }

  /** The text of a slot, for messages and tests. */
  public String string(int slot) {
    return new String(bytes, offsets[slot], lengths[slot], StandardCharsets.UTF_8);
  }

  public void setNull(int slot) {
    nulls[slot] = true;
  }

  public void setLong(int slot, long value) {
    nulls[slot] = false;
    longs[slot] = value;
  }

  public void setDouble(int slot, double value) {
    nulls[slot] = false;
    doubles[slot] = value;
  }

  public void setSlice(int slot, int offset, int length) {
    nulls[slot] = false;
    offsets[slot] = offset;
    lengths[slot] = length;
  }

  /** Copies text behind the record and makes the slot point to it. */
  public void setString(int slot, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int start = allocate(utf8.length);
    System.arraycopy(utf8, 0, bytes, start, utf8.length);
    setSlice(slot, start, utf8.length);
  }
}
