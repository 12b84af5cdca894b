package io.millrace.job.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.XxHash64;

/**
 * Key of the job that matches rows with features: which of a row's entities (1 byte), the hash of
 * the entity (8 bytes, most significant first), the encoded entity. So its order is that of
 * features.
 */
final class MatchKey {
  static final int HASH_OFFSET = 1;
  static final int ENTITY_OFFSET = HASH_OFFSET + Long.BYTES;

  /** One byte holds the number of an entity. */
  static final int MOST_ENTITIES = 1 << Byte.SIZE;

  private MatchKey() {}

  /** Begins a key; the encoded entity is to be appended. */
  static ByteBuilder begin(int entity, ByteBuilder key) {
    return key.clear().putByte(entity).putBigEndian(0L);
  }

  /** Completes a key to which the entity was appended. */
  static void complete(ByteBuilder key) {
    key.setBigEndian(
        HASH_OFFSET, XxHash64.hash(key.array(), ENTITY_OFFSET, key.length() - ENTITY_OFFSET));
  }

  static int entity(byte[] key, int offset) {
    return key[offset] & 0xFF;
  }
}
