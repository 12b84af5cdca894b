package io.millrace.job.clean;

import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import io.millrace.row.XxHash64;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the clean shuffle: a 64-bit hash, most significant byte first, then the body, then one
 * byte that tells what the key is of. A row's body is what its duplicates share, and the hash is
 * that of the body; where rows of an entity are to come together, a row's body begins with its
 * entity, and the hash is that of the entity alone. A quarantined record's body is its file and
 * offset, the hash that of the file. Not thread-safe.
 */
final class CleanKey {
  private static final byte ROW = 0;
  private static final byte QUARANTINED = 1;
  private static final byte ROW_OF_ENTITY = 2;

  private final ByteBuilder bytes = new ByteBuilder();
  private final Slice slice = new Slice();

  /**
   * Begins a row's key; append the body, then {@link #endRow()}. Or append the entity, then {@link
   * #endEntity()}, the rest of the body, and {@link #endRowOfEntity()}.
   */
  ByteBuilder beginRow() {
    return bytes.clear().putBigEndian(0L);
  }

  Slice endRow() {
    putHash();
    return end(ROW);
  }

  ByteBuilder endEntity() {
    putHash();
    return bytes;
  }

  Slice endRowOfEntity() {
    return end(ROW_OF_ENTITY);
  }

  private void putHash() {
    bytes.setBigEndian(0, XxHash64.hash(bytes.array(), Long.BYTES, bytes.length() - Long.BYTES));
  }

  private Slice end(byte kind) {
    bytes.putByte(kind);
    return slice.set(bytes.array(), 0, bytes.length());
  }

  /**
   * The key of a quarantined record: those of a file stay together, in the order of their offsets.
   */
  Slice quarantined(String file, long offset) {
    byte[] name = file.getBytes(StandardCharsets.UTF_8);
    bytes.clear().putBigEndian(XxHash64.hash(name, 0, name.length));
    bytes.putBytes(name).putByte(0).putBigEndian(offset);
    return end(QUARANTINED);
  }

  static boolean isRow(Slice key) {
    return kind(key) != QUARANTINED;
  }

  /** Whether the key is of a row and begins with its entity. */
  static boolean hasEntity(Slice key) {
    return kind(key) == ROW_OF_ENTITY;
  }

  private static byte kind(Slice key) {
    return key.array()[key.offset() + key.length() - 1];
  }

  /**
   * The body of a row's key, as a view of the key's bytes.
   *
   * @param skipped how many bytes of it are left out
   */
  static Slice body(Slice key, int skipped, Slice view) {
    int start = Long.BYTES + skipped;
    return view.set(key.array(), key.offset() + start, key.length() - start - 1);
  }
}
