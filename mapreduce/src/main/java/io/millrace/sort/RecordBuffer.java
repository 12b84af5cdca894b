package io.millrace.sort;

import java.util.Arrays;

/**
 * Records that are collected, put in order, and read: by partition, then by the unsigned bytes of
 * the key (the shorter first), then as they were added. What it allocates, for records and for
 * sorting them, stays below a limit, and is allocated only as records come. Not thread-safe.
 */
public final class RecordBuffer {
  /** There may be so many partitions. */
  public static final int MOST_PARTITIONS = 1 << (Long.SIZE - 1 - RecordArena.ADDRESS_BITS);

  private static final int FIRST_CAPACITY = 256;
  private static final int BYTES_OF_ENTRY = 2 * Long.BYTES;

  private final RecordArena arena;
  private final RadixSort sort;
  private final int partitions;
  private final long limit;
  private long[] prefixes = new long[FIRST_CAPACITY];
  private long[] references = new long[FIRST_CAPACITY];
  private int size;

  /** Without a place for what is read, a compiler would see that nothing comes of reading it. */
  @SuppressWarnings("UnusedVariable")
  private int approached;

  /**
   * An empty buffer.
   *
   * @param limit bytes that it may allocate
   */
  public RecordBuffer(int partitions, long limit) {
    if (partitions < 1 || partitions > MOST_PARTITIONS) {
      throw new IllegalArgumentException(
          "Cannot sort records of %d partitions: expected 1 to %d"
              .formatted(partitions, MOST_PARTITIONS));
    }
    this.partitions = partitions;
    this.limit = limit;
    arena = new RecordArena(limit);
    sort = new RadixSort(arena);
  }

  /**
   * Adds a copy of a record.
   *
   * @return false, and nothing is added, where there is no room within the limit
   */
  public boolean add(int partition, Bytes key, Bytes value) {
    if (size == references.length && !grow()) {
      return false;
    }
    int keyLength = key.length();
    long bytes = RecordArena.recordBytes(keyLength, value.length());
    if (!arena.reserve(bytes, limit - indexBytes())) {
      return false;
    }
    prefixes[size] = RecordArena.prefix(key.array(), key.offset(), keyLength);
    references[size] = (long) partition << RecordArena.ADDRESS_BITS | arena.append(key, value);
    size++;
    return true;
  }

  private long indexBytes() {
    return (long) references.length * BYTES_OF_ENTRY;
  }

  /** Makes room for half as many entries again, or for as many as the limit allows. */
  private boolean grow() {
    // while one array is copied, its old one is still there
    long room = limit - indexBytes() - (long) size * Long.BYTES;
    long wanted = Math.min(size / 2, Integer.MAX_VALUE - Long.BYTES - (long) size);
    arena.spare(wanted * BYTES_OF_ENTRY, room);
    long more = Math.min(wanted, (room - arena.allocatedBytes()) / BYTES_OF_ENTRY);
    if (more < size / Long.BYTES) {
      return false;
    }
    prefixes = Arrays.copyOf(prefixes, size + (int) more);
    references = Arrays.copyOf(references, size + (int) more);
    return true;
  }

  /** What is allocated. */
  public long allocatedBytes() {
    return arena.allocatedBytes() + indexBytes();
  }

  public int size() {
    return size;
  }

  /** Puts the records in order. */
  public void sort() {
    sort.sort(prefixes, references, size, partitions);
  }

  /** The partition of a record, by its place in the order. */
  public int partition(int index) {
    return (int) (references[index] >>> RecordArena.ADDRESS_BITS);
  }

  /** Lets a view show a record, by its place in the order. */
  public void view(int index, RecordView view) {
    long reference = references[index];
    view.set(arena.chunk(reference), arena.offset(reference));
  }

  /**
   * Brings the beginnings of records into the processor's cache, as far as it can. Records lie in
   * memory as they came: viewed one after the other in order, each would be waited for alone.
   *
   * @param from the first of some ten records, by their places in the order
   * @param to behind the last
   */
  public void approach(int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      long reference = references[i];
      sum += arena.chunk(reference)[arena.offset(reference)];
    }
    approached = sum;
  }

  /** Forgets all records, but keeps what is allocated for the next ones. */
  public void clear() {
    arena.clear();
    size = 0;
  }
}
