package io.millrace.aggregate;

import io.millrace.row.XxHash64;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Numbers different values from 0, their bytes one behind the other in one array. A handful is
 * searched through; more are found by hash. Not thread-safe.
 */
public final class ValueTable {
  private static final int INITIAL_BYTES = 16;
  private static final int INITIAL_VALUES = 2;
  private static final int SEARCHED_THROUGH = 8;
  private static final int SLOTS_PER_VALUE = 2;
  private static final int OWN_BYTES = 72;

  private byte[] bytes = new byte[INITIAL_BYTES];

  /** Where each value starts; the next one's start is its end. */
  private int[] starts = new int[INITIAL_VALUES + 1];

  /** Number of the value plus one, or 0; empty while values are few. */
  private int[] table = new int[0];

  private int size;

  /** How many values there are. */
  public int size() {
    return size;
  }

  /** The number of a value; a value that is new gets the next one. */
  public int number(byte[] source, int offset, int length) {
    int found = find(source, offset, length);
    return found >= 0 ? found : append(source, offset, length);
  }

  /** The number of a value, or -1 where it has none. */
  public int find(byte[] source, int offset, int length) {
    return table.length == 0 ? search(source, offset, length) : lookUp(source, offset, length);
  }

  /** The values' bytes, valid until the next one is numbered. */
  public byte[] array() {
    return bytes;
  }

  /** Where a value lies in {@link #array()}. */
  public int offset(int number) {
    return starts[number];
  }

  /** How many bytes a value has. */
  public int length(int number) {
    return starts[number + 1] - starts[number];
  }

  /** Bytes of all values together. */
  public int valueBytes() {
    return starts[size];
  }

  /** Bytes of memory. */
  public int bytes() {
    return OWN_BYTES + bytes.length + (starts.length + table.length) * Integer.BYTES;
  }

  /** The numbers of all values, in the values' order. */
  public int[] ascending() {
    return IntStream.range(0, size).boxed().sorted(order()).mapToInt(Integer::intValue).toArray();
  }

  /** The order of values by their numbers. */
  Comparator<Integer> order() {
    return (one, other) ->
        Arrays.compareUnsigned(
            bytes, starts[one], starts[one + 1], bytes, starts[other], starts[other + 1]);
  }

  private int search(byte[] source, int offset, int length) {
    for (int number = 0; number < size; number++) {
      if (has(number, source, offset, length)) {
        return number;
      }
    }
    return -1;
  }

  private int lookUp(byte[] source, int offset, int length) {
    int mask = table.length - 1;
    int slot = (int) XxHash64.hash(source, offset, length) & mask;
    while (table[slot] != 0) {
      if (has(table[slot] - 1, source, offset, length)) {
        return table[slot] - 1;
      }
      slot = slot + 1 & mask;
    }
    return -1;
  }

  private boolean has(int number, byte[] source, int offset, int length) {
    return Arrays.equals(
        bytes, starts[number], starts[number + 1], source, offset, offset + length);
  }

  private int append(byte[] source, int offset, int length) {
    int start = starts[size];
    int end = Math.addExact(start, length);
    if (end > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.max(end, Math.min(2L * start, Integer.MAX_VALUE - 8)));
    }
    if (size + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size + 1);
    }
    System.arraycopy(source, offset, bytes, start, length);
    int number = size++;
    starts[size] = end;
    if (size > SEARCHED_THROUGH && size * SLOTS_PER_VALUE > table.length) {
      table = new int[Integer.highestOneBit(size) * 2 * SLOTS_PER_VALUE];
      for (int each = 0; each < size; each++) {
        enter(each);
      }
    } else if (table.length > 0) {
      enter(number);
    }
    return number;
  }

  private void enter(int number) {
    int mask = table.length - 1;
    int slot = (int) XxHash64.hash(bytes, starts[number], length(number)) & mask;
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    table[slot] = number + 1;
  }
}
