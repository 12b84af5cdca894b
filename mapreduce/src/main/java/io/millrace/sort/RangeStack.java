package io.millrace.sort;

import java.util.Arrays;

/** Ranges of entries that are still to be sorted. Keys may be long: a call a level would not do. */
final class RangeStack {
  private static final int FIRST_CAPACITY = 3 << 10;
  private static final int NUMBERS = 3;

  private int[] numbers = new int[FIRST_CAPACITY];
  private int size;
  private int from;
  private int to;
  private int depth;

  void push(int newFrom, int newTo, int newDepth) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size] = newFrom;
    numbers[size + 1] = newTo;
    numbers[size + 2] = newDepth;
    size += NUMBERS;
  }

  /** Takes the range that was pushed last; false where there is none. */
  boolean pop() {
    if (size == 0) {
      return false;
    }
    size -= NUMBERS;
    from = numbers[size];
    to = numbers[size + 1];
    depth = numbers[size + 2];
    return true;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** How many bytes of their keys come before the prefixes. */
  int depth() {
    return depth;
  }
}
