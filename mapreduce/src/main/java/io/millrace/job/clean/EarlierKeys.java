package io.millrace.job.clean;

import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Marks the keys that an earlier date kept: each goes into the clean shuffle with an empty value,
 * so that it meets the date's own records of that key. Nothing is held but one record, and the
 * earlier files need no order of their own: they may be kept from a time when duplicates were told
 * otherwise. Not thread-safe.
 */
final class EarlierKeys {
  private static final Slice MARK = new Slice();

  private final RowType keyType;
  private final RowKeys keys;
  private final Row row;
  private final RecordSink sink;
  private final int[] required;
  private final ByteCursor cursor = new ByteCursor();
  private long taken;
  private @Nullable Schema written;
  private @Nullable RowDecoder decoder;

  EarlierKeys(CleanSettings settings, RecordSink sink) {
    RowType rows = RowType.fromAvro(new Schema.Parser().parse(settings.rowSchema()));
    List<String> columns = settings.keyColumns();
    keyType = rows.select("Key", columns);
    keys = new RowKeys(keyType, settings);
    row = new Row(keyType.size());
    this.sink = sink;
    required =
        IntStream.range(0, keyType.size())
            .filter(slot -> !keyType.columns().get(slot).type().nullable())
            .toArray();
  }

  /** How many records were begun. */
  long taken() {
    return taken;
  }

  /** Marks the keys of a block's records. */
  void add(RecordBlock block) throws IOException, InterruptedException {
    RowDecoder records = decoder(block.schema());
    Slice bytes = block.bytes();
    int start = row.load(bytes.array(), bytes.offset(), bytes.length());
    int end = row.end();
    cursor.reset(row.bytes, start, bytes.length());
    for (long i = 0; i < block.count(); i++) {
      taken++;
      records.decode(cursor, row);
      if (canBeKey()) {
        sink.accept(keys.of(row), MARK);
      }
      row.truncate(end);
    }
  }

  /** Where a column could be NULL once and no longer can, no record of today is like it. */
  private boolean canBeKey() {
    for (int slot : required) {
      if (row.nulls[slot]) {
        return false;
      }
    }
    return true;
  }

  /** One for each file: dates may have been written with different columns. */
  private RowDecoder decoder(Schema schema) {
    RowDecoder known = decoder;
    if (known == null || !schema.equals(written)) {
      known = new RowDecoder(RowType.fromAvro(schema), keyType, keyType.names());
      decoder = known;
      written = schema;
    }
    return known;
  }
}
