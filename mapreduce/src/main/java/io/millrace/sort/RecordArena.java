package io.millrace.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of records, one behind the other in chunks: length of the key, length of the value,
 * key, value. An address grows with each record. A record that is larger than a chunk has one of
 * its own.
 */
final class RecordArena {
  /** Bits of an address. */
  static final int ADDRESS_BITS = 40;

  /** Bytes of a key that are looked at together. */
  static final int PREFIX_BYTES = Long.BYTES;

  private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MOST_CHUNK_BITS = 22;
  private static final int LEAST_CHUNK_BITS = 12;
  private static final int CHUNKS = 16;
  private static final int BYTE_MASK = 0xff;

  private final int chunkBits;
  private final int chunkMask;
  private byte[][] chunks = new byte[CHUNKS][];
  private int used;
  private int end;
  private long allocated;

  /**
   * An arena without a chunk.
   *
   * @param bytes how large it may become, about: its chunks are small parts of that
   */
  RecordArena(long bytes) {
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, bytes / CHUNKS));
    chunkBits = Math.max(LEAST_CHUNK_BITS, Math.min(MOST_CHUNK_BITS, bits));
    chunkMask = (1 << chunkBits) - 1;
  }

  /** What all chunks take, those that are kept for later too. */
  long allocatedBytes() {
    return allocated;
  }

  /** What an encoded record takes. */
  static long recordBytes(int keyLength, int valueLength) {
    return (long) LengthCode.size(keyLength)
        + LengthCode.size(valueLength)
        + keyLength
        + valueLength;
  }

  /**
   * Makes room for one more record.
   *
   * @param most what may be allocated then in all
   * @return whether there is room
   */
  boolean reserve(long recordBytes, long most) {
    if (used > 0 && recordBytes <= chunks[used - 1].length - end) {
      return true;
    }
    long size = Math.max(recordBytes, 1L << chunkBits);
    if (size > Integer.MAX_VALUE - Long.BYTES) {
      return false;
    }
    if (used == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * used);
    }
    if (chunks[used] == null || chunks[used].length < size) {
      release(used);
      if (!spare(size, most)) {
        return false;
      }
      chunks[used] = new byte[(int) size];
      allocated += size;
    }
    used++;
    end = 0;
    return true;
  }

  /**
   * Gives up chunks that are kept for later, as far as it takes.
   *
   * @return whether so many bytes can be allocated beside this arena within a limit
   */
  boolean spare(long bytes, long most) {
    for (int kept = chunks.length - 1; kept >= used && allocated + bytes > most; kept--) {
      release(kept);
    }
    return allocated + bytes <= most;
  }

  private void release(int chunk) {
    byte[] released = chunks[chunk];
    if (released != null) {
      allocated -= released.length;
      chunks[chunk] = null;
    }
  }

  /** Copies a record for which there is room, and returns its address. */
  long append(Bytes key, Bytes value) {
    byte[] chunk = chunks[used - 1];
    int keyLength = key.length();
    int valueLength = value.length();
    int start = end;
    int to = LengthCode.write(keyLength, chunk, start);
    to = LengthCode.write(valueLength, chunk, to);
    System.arraycopy(key.array(), key.offset(), chunk, to, keyLength);
    System.arraycopy(value.array(), value.offset(), chunk, to + keyLength, valueLength);
    end = to + keyLength + valueLength;
    return (long) (used - 1) << chunkBits | start;
  }

  /** Forgets all records. Chunks stay for the next ones, but for those of large records. */
  void clear() {
    for (int i = 0; i < used; i++) {
      if (chunks[i].length > chunkMask + 1) {
        release(i);
      }
    }
    used = 0;
    end = 0;
  }

  /** The chunk of the record that a reference names. */
  byte[] chunk(long reference) {
    return chunks[(int) ((reference & ADDRESS_MASK) >>> chunkBits)];
  }

  /** Where in its chunk a record begins. */
  int offset(long reference) {
    return (int) reference & chunkMask;
  }

  /** Where the key of a record begins. */
  static int keyOffset(byte[] chunk, int record) {
    int valueCode = record + LengthCode.sizeBy(chunk[record]);
    return valueCode + LengthCode.sizeBy(chunk[valueCode]);
  }

  /**
   * The first bytes of a key as a number that compares, without sign, as they do; zeros stand for
   * those that it does not have.
   */
  static long prefix(byte[] array, int offset, int length) {
    if (length >= PREFIX_BYTES) {
      return (long) LONG.get(array, offset);
    }
    long prefix = 0;
    for (int i = 0; i < length; i++) {
      prefix |= (array[offset + i] & (long) BYTE_MASK) << (Long.SIZE - Byte.SIZE * (i + 1));
    }
    return prefix;
  }
}
