package io.millrace.job.clean;

import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the entity that keys of {@link RowKeys} begin with. Keys come in order, so that most have
 * the entity of the key before, which a comparison of bytes tells. Not thread-safe.
 */
final class KeyEntity {
  private final RowDecoder columns;
  private final Row nothing;
  private final ByteCursor cursor = new ByteCursor();

  /** Hash and entity of the last key. */
  private final ByteBuilder last = new ByteBuilder();

  KeyEntity(RowType rows, List<String> entity) {
    RowType type =
        new RowType(
            "Entity",
            entity.stream()
                .map(rows::column)
                .map(column -> new Column(column.name(), column.type().withNullable(false)))
                .toList());
    columns = new RowDecoder(type, type, List.of());
    nothing = new Row(type.size());
  }

  /** Takes a key that begins with an entity, and says whether it is another than the last. */
  boolean isOther(Slice key) {
    byte[] array = key.array();
    int start = key.offset();
    if (last.length() > 0
        && key.length() > last.length()
        && Arrays.equals(array, start, start + last.length(), last.array(), 0, last.length())) {
      return false;
    }
    cursor.reset(array, start + Long.BYTES, key.length() - Long.BYTES);
    columns.decode(cursor, nothing);
    last.clear().putBytes(array, start, cursor.position() - start);
    return true;
  }

  /** The bytes that hold hash and entity of the last key, from {@link #start()} on. */
  byte[] array() {
    return last.array();
  }

  /** Where the entity begins. */
  int start() {
    return Long.BYTES;
  }

  /** How many bytes the entity has. */
  int length() {
    return last.length() - Long.BYTES;
  }
}
