package io.millrace.job.training;

import io.millrace.row.ByteBuilder;
import io.millrace.row.XxHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Key of a mark: the number of the snapshot (2 bytes), the hash of the entity (8 bytes), both most
 * significant first, then the encoded entity. So its order is that of features, snapshot by
 * snapshot.
 */
final class TrainingKey {
  static final int HASH_OFFSET = 2;
  static final int ENTITY_OFFSET = HASH_OFFSET + Long.BYTES;

  /** Two bytes hold the number of a snapshot. */
  static final int MOST_SNAPSHOTS = 1 << Short.SIZE;

  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private TrainingKey() {}

  static ByteBuilder put(int snapshot, ByteBuilder entity, ByteBuilder key) {
    long hash = XxHash64.hash(entity.array(), 0, entity.length());
    return key.clear()
        .putByte(snapshot >>> Byte.SIZE)
        .putByte(snapshot)
        .putBigEndian(hash)
        .putBytes(entity.array(), 0, entity.length());
  }

  static int snapshot(byte[] key, int offset) {
    return (short) BIG_SHORT.get(key, offset) & 0xFFFF;
  }

  static long hash(byte[] key, int offset) {
    return (long) BIG_LONG.get(key, offset + HASH_OFFSET);
  }
}
