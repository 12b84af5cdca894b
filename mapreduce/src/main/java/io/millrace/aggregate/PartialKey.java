package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Key of a partial state in the shuffle, whose unsigned order is that of stored partials: hash of
 * the entity (8 bytes), the encoded entity columns, the event day (4 bytes), most significant bytes
 * first.
 */
public final class PartialKey {
  static final int HASH_BYTES = Long.BYTES;
  static final int DAY_BYTES = Integer.BYTES;

  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private PartialKey() {}

  /**
   * Encodes the entities of rows as keys have them: never NULL.
   *
   * @param layout of the rows
   * @param entity columns
   */
  public static RowEncoder entityEncoder(RowType layout, List<String> entity) {
    List<Column> columns =
        layout.columns().stream()
            .map(column -> new Column(column.name(), column.type().withNullable(false)))
            .toList();
    return new RowEncoder(new RowType(layout.name(), columns), entity);
  }

  /** Sets the hash in a builder that ends with 8 bytes of any value and the encoded entity. */
  static long putHash(ByteBuilder key, int start) {
    int entity = start + HASH_BYTES;
    long hash = XxHash64.hash(key.array(), entity, key.length() - entity);
    key.setBigEndian(start, hash);
    return hash;
  }

  /** Makes a key of a builder that holds the hash and the encoded entity. */
  static ByteBuilder putDay(ByteBuilder key, int epochDay) {
    // the sign turned: earlier days come first
    return key.putBigEndian(epochDay ^ Integer.MIN_VALUE);
  }

  /** Appends the fields that a stored partial starts with: the entity columns and the event day. */
  static void putFields(byte[] key, int offset, int length, ByteBuilder out) {
    int entityLength = length - HASH_BYTES - DAY_BYTES;
    out.putBytes(key, offset + HASH_BYTES, entityLength);
    out.putVarint(day(key, offset, length));
  }

  /** The event day of a key. */
  static int day(byte[] key, int offset, int length) {
    return (int) BIG_INT.get(key, offset + length - DAY_BYTES) ^ Integer.MIN_VALUE;
  }
}
