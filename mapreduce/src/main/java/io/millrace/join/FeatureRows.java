package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import org.apache.avro.Schema;

/** Reads records of features one by one for a join. Not thread-safe. */
public final class FeatureRows {
  private final RowDecoder decoder;
  private final Row row;
  private final RowEncoder entity;
  private final RowEncoder features;
  private final ByteCursor cursor = new ByteCursor();
  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder values = new ByteBuilder();
  private long left;

  /**
   * @param written the columns of the records that will come, which may be more than are wanted
   */
  public FeatureRows(JoinSettings.Entity entity, JoinSettings.Group group, RowType written) {
    RowType layout = RowType.fromAvro(new Schema.Parser().parse(group.schema()));
    decoder = new RowDecoder(written, layout, layout.names());
    row = new Row(layout.size());
    this.entity = new RowEncoder(layout, entity.columns());
    features = new RowEncoder(layout, group.features());
  }

  /** Takes so many records that lie one behind the other. */
  public void load(byte[] source, int offset, int length, long records) {
    int start = row.load(source, offset, length);
    cursor.reset(row.bytes, start, length);
    left = records;
  }

  /** Moves to the next record; false where there is none. */
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    decoder.decode(cursor, row);
    entity.encode(row, key.clear());
    features.encode(row, values.clear());
    return true;
  }

  /** The encoded entity, valid until the next record. */
  public ByteBuilder key() {
    return key;
  }

  /** The wanted features, encoded, valid until the next record. */
  public ByteBuilder values() {
    return values;
  }
}
