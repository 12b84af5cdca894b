package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import java.util.Arrays;

/**
 * Numbers groups by their entity and event day. Eight days in a row have one entry in a flat hash
 * table with open addressing, and a cell each in it: an entity's days are seldom far from each
 * other, and the fewer entries there are, the more of the table stays in the processor's caches.
 * Holds as many groups as fit into its memory. Not thread-safe.
 */
final class GroupTable {
  /** The number of no group: it is new, and the memory is full. */
  static final int NO_ROOM = -1;

  /** What lies in a cell of a day without a group. */
  static final int NO_GROUP = -1;

  private static final int INITIAL_GROUPS = 1 << 10;
  private static final int INITIAL_ENTRIES = 1 << 8;
  private static final int AVERAGE_KEY_BYTES = 32;
  private static final int DAYS_SHIFT = 3;
  private static final int DAYS_PER_ENTRY = 1 << DAYS_SHIFT;

  /** Slots of the table are at least twice the entries. */
  private static final int SLOTS_PER_ENTRY = 2;

  private static final int MOST_ENTRIES = 1 << 28;
  private static final int MAX_KEY_BYTES = Integer.MAX_VALUE - 8;
  private static final long LOW_WORD = 0xFFFF_FFFFL;

  /** Odd, and without a pattern: entries of one entity lie far from each other. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final GroupStates states;
  private final long maxBytes;

  private int size;
  private int capacity;
  private int entries;
  private int entryCapacity;

  /** Number of the entry plus one, or 0. */
  private int[] table;

  /** Of each entry half of its hash, and behind it the number of its eight days. */
  private long[] marks;

  /** Where each entry's entity starts; that of the next entry is its end. */
  private int[] keyStarts;

  private byte[] keys;

  /** Of each day of each entry the number of the group plus one, or 0. */
  private int[] cells;

  /** Of each key of a batch the group, once it is found. */
  private int[] found = {};

  /** Means nothing, but as it is kept, reading states ahead is not optimized away. */
  @SuppressWarnings("UnusedVariable")
  private long touched;

  /**
   * @param maxBytes of memory; at least one group is held in any case
   */
  GroupTable(GroupStates states, long maxBytes) {
    this.states = states;
    this.maxBytes = maxBytes;
    capacity = INITIAL_GROUPS;
    entryCapacity = INITIAL_ENTRIES;
    table = new int[entryCapacity * SLOTS_PER_ENTRY];
    marks = new long[entryCapacity];
    keyStarts = new int[entryCapacity + 1];
    keys = new byte[entryCapacity * AVERAGE_KEY_BYTES];
    cells = new int[entryCapacity << DAYS_SHIFT];
    states.resize(capacity);
  }

  /**
   * The group of an entity and day, started if it is new. {@link #NO_ROOM} where it is new and the
   * memory is full: the table has to be cleared.
   *
   * @param hash of the entity
   */
  int group(byte[] source, int offset, int length, long hash, int day) {
    int days = day >> DAYS_SHIFT;
    long mark = mark(hash, days);
    int mask = table.length - 1;
    int slot = slot(mark, mask);
    while (table[slot] != 0) {
      int entry = table[slot] - 1;
      if (marks[entry] == mark && hasKey(entry, source, offset, length)) {
        int cell = cell(entry, day);
        int group = cells[cell] - 1;
        return group == NO_GROUP ? start(cell) : group;
      }
      slot = slot + 1 & mask;
    }
    if (!reserveEntry(length)) {
      return NO_ROOM;
    }
    if (table.length - 1 != mask) {
      slot = freeSlot(mark);
    }
    int entry = entries++;
    table[slot] = entry + 1;
    marks[entry] = mark;
    System.arraycopy(source, offset, keys, keyStarts[entry], length);
    keyStarts[entry + 1] = keyStarts[entry] + length;
    return start(cell(entry, day));
  }

  /**
   * Looks up the groups of a batch, in loops so small that the processor waits for the memory of
   * many keys at once. {@link #found} says what came of it.
   */
  void find(KeyBatch batch) {
    int count = batch.size();
    if (found.length < count) {
      found = new int[count];
    }
    int mask = table.length - 1;
    for (int i = 0; i < count; i++) {
      found[i] = table[slot(mark(batch.hash(i), batch.day(i) >> DAYS_SHIFT), mask)] - 1;
    }
    for (int i = 0; i < count; i++) {
      int entry = found[i];
      int day = batch.day(i);
      found[i] =
          entry >= 0
                  && marks[entry] == mark(batch.hash(i), day >> DAYS_SHIFT)
                  && hasKey(entry, batch.array(), batch.offset(i), batch.length(i))
              ? groupAt(cell(entry, day))
              : NO_GROUP;
    }
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += found[i] == NO_GROUP ? 0 : states.touch(found[i]);
    }
    touched = sum;
  }

  /**
   * The group that {@link #find} has found of a key, {@link #NO_GROUP} where it is not among the
   * first that come to mind or the table was cleared: then {@link #group} tells.
   */
  int found(int key) {
    return found[key];
  }

  /** Starts the group of a cell that has none. */
  private int start(int cell) {
    if (!reserveGroup()) {
      return NO_ROOM;
    }
    int group = size++;
    cells[cell] = group + 1;
    states.start(group);
    return group;
  }

  private static int cell(int entry, int day) {
    return entry << DAYS_SHIFT | (day & DAYS_PER_ENTRY - 1);
  }

  /** How many groups there are. */
  int size() {
    return size;
  }

  /** How many cells there are: one for each day of each entry. */
  int cells() {
    return entries << DAYS_SHIFT;
  }

  /** The group in a cell, or {@link #NO_GROUP}. */
  int groupAt(int cell) {
    return cells[cell] - 1;
  }

  int dayAt(int cell) {
    return (int) marks[cell >> DAYS_SHIFT] << DAYS_SHIFT | (cell & DAYS_PER_ENTRY - 1);
  }

  /** Appends the entity of a cell. */
  void putEntity(int cell, ByteBuilder out) {
    int entry = cell >> DAYS_SHIFT;
    out.putBytes(keys, keyStarts[entry], keyStarts[entry + 1] - keyStarts[entry]);
  }

  /** Bytes of memory that table, keys and states take now. */
  long bytes() {
    return bytes(capacity, entryCapacity, keys.length);
  }

  /** Whether the objects of states have grown beyond the memory. */
  boolean isOverfull() {
    return states.objectBytes() > 0 && bytes() > maxBytes;
  }

  void clear() {
    Arrays.fill(table, 0);
    Arrays.fill(cells, 0, cells(), 0);
    Arrays.fill(found, NO_GROUP);
    states.clear();
    size = 0;
    entries = 0;
  }

  private boolean hasKey(int entry, byte[] source, int offset, int length) {
    return Arrays.equals(
        keys, keyStarts[entry], keyStarts[entry + 1], source, offset, offset + length);
  }

  /** Makes room for one more group, unless that takes more memory than there may be. */
  private boolean reserveGroup() {
    if (size < capacity) {
      return true;
    }
    long needed = 2L * capacity;
    if (needed > states.maxGroups() || isTooMuch(needed, entryCapacity, keys.length)) {
      return false;
    }
    capacity = (int) needed;
    states.resize(capacity);
    return true;
  }

  /** The same for an entry. */
  private boolean reserveEntry(int keyLength) {
    long keysNeeded = (long) keyStarts[entries] + keyLength;
    long newCapacity = entries < entryCapacity ? entryCapacity : 2L * entryCapacity;
    long newKeys = keysNeeded <= keys.length ? keys.length : Math.max(keysNeeded, 2L * keys.length);
    if (newCapacity > MOST_ENTRIES
        || newKeys > MAX_KEY_BYTES
        || isTooMuch(capacity, newCapacity, newKeys)) {
      return false;
    }
    if (newKeys > keys.length) {
      keys = Arrays.copyOf(keys, (int) newKeys);
    }
    if (newCapacity > entryCapacity) {
      grow((int) newCapacity);
    }
    return true;
  }

  private void grow(int newCapacity) {
    entryCapacity = newCapacity;
    marks = Arrays.copyOf(marks, entryCapacity);
    keyStarts = Arrays.copyOf(keyStarts, entryCapacity + 1);
    cells = Arrays.copyOf(cells, entryCapacity << DAYS_SHIFT);
    table = new int[entryCapacity * SLOTS_PER_ENTRY];
    for (int entry = 0; entry < entries; entry++) {
      table[freeSlot(marks[entry])] = entry + 1;
    }
  }

  private int freeSlot(long mark) {
    int mask = table.length - 1;
    int slot = slot(mark, mask);
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static long mark(long hash, int days) {
    long spread = hash + days * SPREAD;
    return (spread & ~LOW_WORD) | (days & LOW_WORD);
  }

  private static int slot(long mark, int mask) {
    return (int) (mark >>> Integer.SIZE) & mask;
  }

  private boolean isTooMuch(long groups, long newEntries, long keyBytes) {
    return size > 0 && bytes(groups, newEntries, keyBytes) > maxBytes;
  }

  private long bytes(long groups, long ofEntries, long keyBytes) {
    long perEntry = (SLOTS_PER_ENTRY + 1L + DAYS_PER_ENTRY) * Integer.BYTES + Long.BYTES;
    return groups * states.bytesPerGroup() + ofEntries * perEntry + keyBytes + states.objectBytes();
  }
}
