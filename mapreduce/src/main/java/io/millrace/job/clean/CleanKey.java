package io.millrace.job.clean;

import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import io.millrace.row.XxHash64;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the clean shuffle: the 64-bit hash of the body, most significant byte first, then the
 * body, then one byte that tells rows from quarantined records. A row's body is what its duplicates
 * share; a quarantined record's is its file and offset. Not thread-safe.
 */
final class CleanKey {
  private static final byte ROW = 0;
  private static final byte QUARANTINED = 1;

  private final ByteBuilder bytes = new ByteBuilder();
  private final Slice slice = new Slice();

  /** Begins a row's key; append the body, then {@link #endRow()}. */
  ByteBuilder beginRow() {
    return bytes.clear().putBigEndian(0L);
  }

  Slice endRow() {
    long hash = XxHash64.hash(bytes.array(), Long.BYTES, bytes.length() - Long.BYTES);
    bytes.setBigEndian(0, hash);
    bytes.putByte(ROW);
    return slice.set(bytes.array(), 0, bytes.length());
  }

  /**
   * The key of a quarantined record: those of a file stay together, in the order of their offsets.
   */
  Slice quarantined(String file, long offset) {
    byte[] name = file.getBytes(StandardCharsets.UTF_8);
    bytes.clear().putBigEndian(XxHash64.hash(name, 0, name.length));
    bytes.putBytes(name).putByte(0).putBigEndian(offset).putByte(QUARANTINED);
    return slice.set(bytes.array(), 0, bytes.length());
  }

  static boolean isRow(Slice key) {
    return key.array()[key.offset() + key.length() - 1] == ROW;
  }

  /** The body of a row's key, as a view of the key's bytes. */
  static Slice body(Slice key, Slice view) {
    return view.set(key.array(), key.offset() + Long.BYTES, key.length() - Long.BYTES - 1);
  }
}
