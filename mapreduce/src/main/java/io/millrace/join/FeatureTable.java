package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Features by entity, in memory: encoded entries one behind the other in large arrays, and a flat
 * hash table with open addressing that points into them. No object an entity. Not thread-safe while
 * it is filled.
 */
public final class FeatureTable {
  private static final int CHUNK_BITS = 20;
  private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
  private static final int LENGTH_BYTES = Integer.BYTES;
  private static final VarHandle LENGTH =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** What is left of a slot beside the tag is where the entry begins: up to a terabyte. */
  private static final int POSITION_BITS = 40;

  private static final long POSITION_MASK = (1L << POSITION_BITS) - 1;
  private static final int MOST_SLOTS = 1 << 30;

  private final long maxEntries;
  private final long[] slots;
  private final int mask;
  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] chunk = new byte[0];
  private int used;
  private long chunkBytes;
  private long entries;

  /**
   * @param maxEntries how many entities will be added at most
   */
  public FeatureTable(long maxEntries) {
    this.maxEntries = maxEntries;
    slots = new long[slots(maxEntries)];
    mask = slots.length - 1;
  }

  /** What a table takes at least: it is allocated before anything is added. */
  public static long bytesOfSlots(long maxEntries) {
    return (long) slots(maxEntries) * Long.BYTES;
  }

  /** A power of two, at most three quarters of which will be taken. */
  private static int slots(long maxEntries) {
    long wanted = maxEntries + maxEntries / 3 + 1;
    if (wanted > MOST_SLOTS) {
      throw new IllegalArgumentException(
          "Cannot hold the features of %d entities in memory: at most %d; set a lower join.memory"
              .formatted(maxEntries, MOST_SLOTS / 4 * 3));
    }
    return wanted <= 1 ? 1 : Integer.highestOneBit((int) wanted - 1) << 1;
  }

  /**
   * Adds an entity that is not there yet.
   *
   * @param hash of the key, by which it is found again
   */
  public void add(ByteBuilder key, ByteBuilder values, long hash) {
    if (entries == maxEntries) {
      throw new IllegalStateException(
          "Cannot add the features of one more entity: only %d were expected"
              .formatted(maxEntries));
    }
    long position = append(key, values);
    int slot = slotOf(hash);
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = tag(hash) | position + 1;
    entries++;
  }

  /** Puts a cursor on the features of an entity; false, and the cursor left, where it has none. */
  public boolean find(byte[] key, int offset, int length, long hash, ByteCursor features) {
    long tag = tag(hash);
    for (int slot = slotOf(hash); slots[slot] != 0; slot = slot + 1 & mask) {
      if ((slots[slot] & ~POSITION_MASK) != tag) {
        continue;
      }
      long position = (slots[slot] & POSITION_MASK) - 1;
      byte[] bytes = chunks.get((int) (position >>> CHUNK_BITS));
      int at = (int) (position & CHUNK_BYTES - 1);
      int keyStart = at + 2 * LENGTH_BYTES;
      int keyLength = (int) LENGTH.get(bytes, at);
      if (Arrays.equals(bytes, keyStart, keyStart + keyLength, key, offset, offset + length)) {
        features.reset(bytes, keyStart + keyLength, (int) LENGTH.get(bytes, at + LENGTH_BYTES));
        return true;
      }
    }
    return false;
  }

  /** Bytes of memory that it takes. */
  public long bytes() {
    return (long) slots.length * Long.BYTES + chunkBytes;
  }

  private long append(ByteBuilder key, ByteBuilder values) {
    int needed = Math.addExact(2 * LENGTH_BYTES, Math.addExact(key.length(), values.length()));
    if (chunk.length - used < needed) {
      startChunk(needed);
    }
    int at = used;
    LENGTH.set(chunk, at, key.length());
    LENGTH.set(chunk, at + LENGTH_BYTES, values.length());
    int keyStart = at + 2 * LENGTH_BYTES;
    System.arraycopy(key.array(), 0, chunk, keyStart, key.length());
    System.arraycopy(values.array(), 0, chunk, keyStart + key.length(), values.length());
    used += needed;
    return ((long) (chunks.size() - 1) << CHUNK_BITS) + at;
  }

  private void startChunk(int needed) {
    chunk = new byte[Math.max(CHUNK_BYTES, needed)];
    used = 0;
    chunks.add(chunk);
    chunkBytes += chunk.length;
  }

  private int slotOf(long hash) {
    return (int) (hash ^ hash >>> 32) & mask;
  }

  /** The top bits of the hash, in their place; the slot follows from others. */
  private static long tag(long hash) {
    return hash & ~POSITION_MASK;
  }
}
