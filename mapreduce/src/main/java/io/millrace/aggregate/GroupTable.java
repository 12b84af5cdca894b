package io.millrace.aggregate;

import java.util.Arrays;

/**
 * Numbers groups by their key: a flat hash table with open addressing, keys one after the other in
 * one array. Holds as many groups as fit into its memory. Not thread-safe.
 */
final class GroupTable {
  static final int NO_ROOM = -1;

  private static final int INITIAL_GROUPS = 1 << 10;
  private static final int AVERAGE_KEY_BYTES = 32;

  /** Slots of the table are at least twice the groups. */
  private static final int SLOTS_PER_GROUP = 2;

  private static final int MAX_KEY_BYTES = Integer.MAX_VALUE - 8;

  private final GroupStates states;
  private final long maxBytes;

  private int size;
  private int capacity;

  /** Number of the group plus one, or 0. */
  private int[] table;

  private int[] hashes;

  /** Where each group's key starts; that of the next group is its end. */
  private int[] keyStarts;

  private byte[] keys;

  /**
   * @param maxBytes of memory; at least one group is held in any case
   */
  GroupTable(GroupStates states, long maxBytes) {
    this.states = states;
    this.maxBytes = maxBytes;
    capacity = INITIAL_GROUPS;
    table = new int[capacity * SLOTS_PER_GROUP];
    hashes = new int[capacity];
    keyStarts = new int[capacity + 1];
    keys = new byte[capacity * AVERAGE_KEY_BYTES];
    states.resize(capacity);
  }

  /**
   * The group of a key, started if it is new. {@link #NO_ROOM} where it is new and the memory is
   * full: the table has to be cleared.
   */
  int group(byte[] source, int offset, int length, long hash) {
    int mixed = (int) (hash ^ hash >>> 32);
    int mask = table.length - 1;
    int slot = mixed & mask;
    while (table[slot] != 0) {
      int group = table[slot] - 1;
      if (hashes[group] == mixed && hasKey(group, source, offset, length)) {
        return group;
      }
      slot = slot + 1 & mask;
    }
    if (!reserve(length)) {
      return NO_ROOM;
    }
    if (table.length - 1 != mask) {
      slot = freeSlot(mixed);
    }
    int group = size++;
    table[slot] = group + 1;
    hashes[group] = mixed;
    System.arraycopy(source, offset, keys, keyStarts[group], length);
    keyStarts[group + 1] = keyStarts[group] + length;
    states.start(group);
    return group;
  }

  int size() {
    return size;
  }

  byte[] keys() {
    return keys;
  }

  int keyOffset(int group) {
    return keyStarts[group];
  }

  int keyLength(int group) {
    return keyStarts[group + 1] - keyStarts[group];
  }

  /** Bytes of memory that table, keys and states take now. */
  long bytes() {
    return bytes(capacity, keys.length);
  }

  /** Whether the objects of states have grown beyond the memory. */
  boolean isOverfull() {
    return states.objectBytes() > 0 && bytes() > maxBytes;
  }

  void clear() {
    Arrays.fill(table, 0);
    states.clear();
    size = 0;
  }

  private boolean hasKey(int group, byte[] source, int offset, int length) {
    return Arrays.equals(
        keys, keyStarts[group], keyStarts[group + 1], source, offset, offset + length);
  }

  /** Makes room for one more group, unless that takes more memory than there may be. */
  private boolean reserve(int keyLength) {
    long keysNeeded = (long) keyStarts[size] + keyLength;
    long newCapacity = size < capacity ? capacity : 2L * capacity;
    long newKeys = keysNeeded <= keys.length ? keys.length : Math.max(keysNeeded, 2L * keys.length);
    boolean possible =
        newCapacity <= states.maxGroups()
            && newCapacity * SLOTS_PER_GROUP <= 1 << 30
            && newKeys <= MAX_KEY_BYTES;
    if (!possible || (size > 0 && bytes(newCapacity, newKeys) > maxBytes)) {
      return false;
    }
    if (newKeys > keys.length) {
      keys = Arrays.copyOf(keys, (int) newKeys);
    }
    if (newCapacity > capacity) {
      grow((int) newCapacity);
    }
    return true;
  }

  private void grow(int newCapacity) {
    capacity = newCapacity;
    hashes = Arrays.copyOf(hashes, capacity);
    keyStarts = Arrays.copyOf(keyStarts, capacity + 1);
    states.resize(capacity);
    table = new int[capacity * SLOTS_PER_GROUP];
    for (int group = 0; group < size; group++) {
      table[freeSlot(hashes[group])] = group + 1;
    }
  }

  private int freeSlot(int mixed) {
    int mask = table.length - 1;
    int slot = mixed & mask;
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private long bytes(long groups, long keyBytes) {
    long perGroup = (SLOTS_PER_GROUP + 2L) * Integer.BYTES + states.bytesPerGroup();
    return groups * perGroup + keyBytes + states.objectBytes();
  }
}
