package io.millrace.sort;

import java.util.Arrays;

/**
 * Sorts pairs of a key's next eight bytes and a reference to its record, in place: the digits of
 * these bytes from the most significant on (American flag sort, McIlroy, Bostic and McIlroy 1993),
 * and again with the bytes that follow where many keys agree in them. Bits that all keys of a range
 * have in common take no pass. Records with equal keys keep the order of their addresses.
 */
final class RadixSort {
  private static final int ADDRESS_BITS = RecordArena.ADDRESS_BITS;
  private static final int PREFIX_BYTES = RecordArena.PREFIX_BYTES;

  /** Shorter ranges are sorted by insertion. */
  private static final int SHORT_RANGE = 24;

  /** So many places are written to in turn without many misses of the TLB. */
  private static final int DIGIT_BITS = 8;

  /** Ranges up to so long stay in the cache of a core, and may have larger digits. */
  private static final int CACHED_RANGE = 1 << 16;

  private static final int LARGE_DIGIT_BITS = 11;

  /** The depth of keys that have been looked at to their end: only their lengths may differ. */
  private static final int WHOLE_KEY = Integer.MAX_VALUE - PREFIX_BYTES;

  private final RecordArena arena;
  private final RangeStack ranges = new RangeStack();
  private final int[] heads = new int[1 << LARGE_DIGIT_BITS];
  private final int[] ends = new int[1 << LARGE_DIGIT_BITS];
  private long[] prefixes = {};
  private long[] references = {};

  RadixSort(RecordArena arena) {
    this.arena = arena;
  }

  /**
   * Sorts the first entries of two arrays.
   *
   * @param keyPrefixes the first eight bytes of each key; undefined afterwards
   * @param recordReferences partition and address of each record
   */
  void sort(long[] keyPrefixes, long[] recordReferences, int size, int partitions) {
    prefixes = keyPrefixes;
    references = recordReferences;
    if (partitions == 1) {
      push(0, size, 0);
    } else {
      sortByPartition(size, partitions);
    }
    while (ranges.pop()) {
      sortRange(ranges.from(), ranges.to(), ranges.depth());
    }
    prefixes = new long[0];
    references = prefixes;
  }

  private void sortByPartition(int size, int partitions) {
    int[] next = new int[partitions];
    int[] last = new int[partitions];
    for (int i = 0; i < size; i++) {
      last[(int) (references[i] >>> ADDRESS_BITS)]++;
    }
    startsAndEnds(0, next, last, partitions);
    for (int partition = 0; partition < partitions; partition++) {
      int end = last[partition];
      while (next[partition] < end) {
        int home = next[partition];
        long prefix = prefixes[home];
        long reference = references[home];
        int digit = (int) (reference >>> ADDRESS_BITS);
        while (digit != partition) {
          int to = next[digit]++;
          long movedPrefix = prefixes[to];
          long movedReference = references[to];
          prefixes[to] = prefix;
          references[to] = reference;
          prefix = movedPrefix;
          reference = movedReference;
          digit = (int) (reference >>> ADDRESS_BITS);
        }
        prefixes[home] = prefix;
        references[home] = reference;
        next[partition]++;
      }
      push(partition == 0 ? 0 : last[partition - 1], end, 0);
    }
  }

  /** From counts in {@code last}: where each digit's entries begin, and where they end. */
  private static void startsAndEnds(int from, int[] next, int[] last, int digits) {
    int start = from;
    for (int digit = 0; digit < digits; digit++) {
      next[digit] = start;
      start += last[digit];
      last[digit] = start;
    }
  }

  private void push(int from, int to, int depth) {
    if (to - from <= SHORT_RANGE) {
      sortShort(from, to, depth);
    } else {
      ranges.push(from, to, depth);
    }
  }

  private void sortRange(int from, int to, int depth) {
    long first = prefixes[from];
    long differing = 0;
    for (int i = from + 1; i < to; i++) {
      differing |= prefixes[i] ^ first;
    }
    if (differing == 0) {
      sortTies(from, to, depth);
    } else {
      sortByDigit(from, to, depth, Long.SIZE - Long.numberOfLeadingZeros(differing));
    }
  }

  /**
   * Sorts a range by one digit.
   *
   * @param bits of the prefixes in which the range differs: all above are the same
   */
  private void sortByDigit(int from, int to, int depth, int bits) {
    int digitBits = Math.min(bits, digitBits(to - from));
    int shift = bits - digitBits;
    int digits = 1 << digitBits;
    int mask = digits - 1;
    Arrays.fill(ends, 0, digits, 0);
    for (int i = from; i < to; i++) {
      ends[(int) (prefixes[i] >>> shift) & mask]++;
    }
    startsAndEnds(from, heads, ends, digits);
    for (int own = 0; own < digits; own++) {
      int end = ends[own];
      for (int home = heads[own]; home < end; home++) {
        long prefix = prefixes[home];
        int digit = (int) (prefix >>> shift) & mask;
        if (digit == own) {
          continue;
        }
        long reference = references[home];
        do {
          int target = heads[digit]++;
          long movedPrefix = prefixes[target];
          long movedReference = references[target];
          prefixes[target] = prefix;
          references[target] = reference;
          prefix = movedPrefix;
          reference = movedReference;
          digit = (int) (prefix >>> shift) & mask;
        } while (digit != own);
        prefixes[home] = prefix;
        references[home] = reference;
      }
    }
    int start = from;
    for (int digit = 0; digit < digits; digit++) {
      int end = ends[digit];
      if (end - start > 1) {
        push(start, end, depth);
      }
      start = end;
    }
  }

  /** Large enough that a range falls into short ones, as far as memory likes it. */
  private static int digitBits(int length) {
    int whole = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length);
    return length > CACHED_RANGE ? DIGIT_BITS : Math.min(LARGE_DIGIT_BITS, whole - 1);
  }

  /** Sorts a range whose keys agree in their prefixes. */
  private void sortTies(int from, int to, int depth) {
    if (depth == WHOLE_KEY) {
      Arrays.sort(references, from, to);
      return;
    }
    int longer = endedFirst(from, to, depth + PREFIX_BYTES);
    // they are followed by zeros at most: each is the beginning of the next longer one
    push(from, longer, WHOLE_KEY);
    if (to - longer > 1) {
      int common = commonLength(longer, to, depth + PREFIX_BYTES);
      for (int i = longer; i < to; i++) {
        prefixes[i] = prefixAt(references[i], common);
      }
      push(longer, to, common);
    }
  }

  /**
   * Brings keys that end within a length before the longer ones, with their length as prefix, and
   * returns where the longer ones begin.
   */
  private int endedFirst(int from, int to, int length) {
    int ended = from;
    for (int i = from; i < to; i++) {
      long reference = references[i];
      int keyLength = keyLength(reference);
      if (keyLength <= length) {
        references[i] = references[ended];
        references[ended] = reference;
        prefixes[ended] = keyLength;
        ended++;
      }
    }
    return ended;
  }

  private int keyLength(long reference) {
    return LengthCode.read(arena.chunk(reference), arena.offset(reference));
  }

  /** How many first bytes all keys of a range have in common, where that is known of some. */
  private int commonLength(int from, int to, int known) {
    byte[] first = arena.chunk(references[from]);
    int firstRecord = arena.offset(references[from]);
    int firstKey = RecordArena.keyOffset(first, firstRecord);
    int common = LengthCode.read(first, firstRecord);
    for (int i = from + 1; i < to && common > known; i++) {
      byte[] other = arena.chunk(references[i]);
      int record = arena.offset(references[i]);
      int key = RecordArena.keyOffset(other, record);
      int most = Math.min(common, LengthCode.read(other, record));
      int differs =
          Arrays.mismatch(first, firstKey + known, firstKey + most, other, key + known, key + most);
      common = differs < 0 ? most : known + differs;
    }
    return common;
  }

  private long prefixAt(long reference, int depth) {
    byte[] chunk = arena.chunk(reference);
    int record = arena.offset(reference);
    int length = LengthCode.read(chunk, record);
    return RecordArena.prefix(chunk, RecordArena.keyOffset(chunk, record) + depth, length - depth);
  }

  /** Sorts by the prefixes alone, and then each run of equal ones. */
  private void sortShort(int from, int to, int depth) {
    insertionSort(from, to);
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || prefixes[i] != prefixes[start]) {
        if (i - start > 1) {
          // no deeper than there are records: each time, a range falls into smaller ones
          sortTies(start, i, depth);
        }
        start = i;
      }
    }
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long prefix = prefixes[i];
      long reference = references[i];
      int hole = i;
      while (hole > from && Long.compareUnsigned(prefixes[hole - 1], prefix) > 0) {
        prefixes[hole] = prefixes[hole - 1];
        references[hole] = references[hole - 1];
        hole--;
      }
      prefixes[hole] = prefix;
      references[hole] = reference;
    }
  }
}
