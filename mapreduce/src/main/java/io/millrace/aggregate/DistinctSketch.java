package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.util.Arrays;

/**
 * The {@value #KEPT} least of the 63-bit hashes of some values, which says how many different ones
 * there are: exactly while all hashes are kept, else with a relative standard error of 1.6 %. After
 * Bar-Yossef et al., "Counting distinct elements in a data stream" (RANDOM 2002), as the theta
 * sketches of Apache DataSketches are: the last hash is theta, the others are those below it. Not
 * thread-safe.
 *
 * <p>Stored as the hashes in ascending order, eight bytes each, most significant first.
 */
final class DistinctSketch implements HeldState {
  /** How many values are counted exactly. */
  static final int EXACT = 4096;

  static final int KEPT = EXACT + 1;

  private static final double HASHES = 0x1p63;
  private static final int INITIAL_SLOTS = 4;
  private static final int MOST_SLOTS = 1 << 14;
  private static final int OWN_BYTES = 48;

  /** Open addressing by the low bits, as the high ones are alike among the least; 0 is free. */
  private long[] table = new long[INITIAL_SLOTS];

  private int size;
  private long greatest = Long.MAX_VALUE;

  /** The hash of a value's 64-bit hash. */
  static long hash(long hash64) {
    return Math.max(1, hash64 >>> 1);
  }

  /**
   * Adds a hash.
   *
   * @param hash as {@link #hash(long)} gives it
   */
  void add(long hash) {
    if (hash > greatest) {
      return;
    }
    int slot = slot(hash);
    if (table[slot] == hash) {
      return;
    }
    table[slot] = hash;
    size++;
    if (4 * size > 3 * table.length) {
      if (table.length < MOST_SLOTS) {
        rebuild(hashes(), size, 2 * table.length);
      } else {
        prune();
      }
    }
  }

  /** Whether a hash is there already, or too great to be kept: to add it would change nothing. */
  boolean has(long hash) {
    return hash > greatest || table[slot(hash)] == hash;
  }

  void add(DistinctSketch other) {
    for (long hash : other.table) {
      if (hash != 0) {
        add(hash);
      }
    }
  }

  /** Adds the hashes of a stored sketch. */
  void read(ByteCursor encoded, int length) {
    if (length % Long.BYTES != 0 || length > KEPT * Long.BYTES) {
      throw new IllegalArgumentException(
          "Cannot read a sketch of hashes: it has " + length + " bytes");
    }
    for (int i = 0; i < length; i += Long.BYTES) {
      long hash = encoded.readBigEndian();
      if (hash <= 0) {
        throw new IllegalArgumentException("Cannot read a sketch of hashes: one is " + hash);
      }
      add(hash);
    }
  }

  void write(ByteBuilder out) {
    long[] hashes = sorted();
    for (int i = 0; i < Math.min(KEPT, hashes.length); i++) {
      out.putBigEndian(hashes[i]);
    }
  }

  /** Bytes of the stored form. */
  int storedLength() {
    return Math.min(KEPT, size) * Long.BYTES;
  }

  /** How many different values there are, or nearly so. */
  long estimate() {
    return size <= EXACT ? size : Math.round(EXACT * HASHES / sorted()[EXACT]);
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Override
  public int bytes() {
    return OWN_BYTES + table.length * Long.BYTES;
  }

  private long[] hashes() {
    long[] hashes = new long[size];
    int count = 0;
    for (long hash : table) {
      if (hash != 0) {
        hashes[count++] = hash;
      }
    }
    return hashes;
  }

  private long[] sorted() {
    long[] hashes = hashes();
    Arrays.sort(hashes);
    return hashes;
  }

  private void prune() {
    long[] hashes = sorted();
    greatest = hashes[KEPT - 1];
    rebuild(hashes, KEPT, table.length);
  }

  private void rebuild(long[] hashes, int count, int slots) {
    table = new long[slots];
    size = count;
    for (int i = 0; i < count; i++) {
      table[slot(hashes[i])] = hashes[i];
    }
  }

  /** Where a hash is, or belongs. */
  private int slot(long hash) {
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0 && table[slot] != hash) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
