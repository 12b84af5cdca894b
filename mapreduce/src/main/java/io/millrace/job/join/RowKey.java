package io.millrace.job.join;

import io.millrace.row.ByteBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Key of the job that brings features to their rows: the number of the row (8 bytes, most
 * significant first), and which of its entities they describe (1 byte).
 */
final class RowKey {
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private RowKey() {}

  static ByteBuilder put(long row, int entity, ByteBuilder key) {
    return key.clear().putBigEndian(row).putByte(entity);
  }

  static long row(byte[] key, int offset) {
    return (long) BIG_LONG.get(key, offset);
  }

  static int entity(byte[] key, int offset) {
    return key[offset + Long.BYTES] & 0xFF;
  }
}
