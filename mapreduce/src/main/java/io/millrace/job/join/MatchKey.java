package io.millrace.job.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.XxHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Key of the job that matches rows with features: which of a row's entities (1 byte), the number of
 * the day (2 bytes), the hash of the entity (8 bytes), all most significant first, then the encoded
 * entity. So its order is that of features, day by day.
 */
final class MatchKey {
  static final int HASH_OFFSET = 3;
  static final int ENTITY_OFFSET = HASH_OFFSET + Long.BYTES;

  /** One byte holds the number of an entity. */
  static final int MOST_ENTITIES = 1 << Byte.SIZE;

  /** Two bytes hold the number of a day. */
  static final int MOST_DAYS = 1 << Short.SIZE;

  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle BIG_SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private MatchKey() {}

  /** Begins a key; the encoded entity is to be appended. */
  static ByteBuilder begin(int entity, int day, ByteBuilder key) {
    return key.clear().putByte(entity).putByte(day >>> Byte.SIZE).putByte(day).putBigEndian(0L);
  }

  /** Completes a key to which the entity was appended. */
  static void complete(ByteBuilder key) {
    key.setBigEndian(
        HASH_OFFSET, XxHash64.hash(key.array(), ENTITY_OFFSET, key.length() - ENTITY_OFFSET));
  }

  static int entity(byte[] key, int offset) {
    return key[offset] & 0xFF;
  }

  static int day(byte[] key, int offset) {
    return (short) BIG_SHORT.get(key, offset + 1) & 0xFFFF;
  }

  static long hash(byte[] key, int offset) {
    return (long) BIG_LONG.get(key, offset + HASH_OFFSET);
  }
}
