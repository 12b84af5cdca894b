package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads clean records joined with features that are held in memory: their columns and the features
 * are decoded into one row. No joined record is written. Not thread-safe.
 */
public final class RowLookup implements RowReader {
  private final RowDecoder clean;
  private final List<EntityLookup> entities = new ArrayList<>();
  private final RowEncoder joined;
  private final Row row;
  private final Row other;
  private final ByteCursor cursor = new ByteCursor();
  private int start;
  private int end;
  private long left;
  private long begun;

  /**
   * @param written the columns of the clean records that will come
   * @param tables the features of each entity's groups, in the order of the settings
   */
  public RowLookup(
      JoinSettings settings,
      NoFeatures noFeatures,
      RowType written,
      List<List<FeatureTable>> tables) {
    RowType layout = layout(settings);
    clean = new RowDecoder(written, layout, settings.cleanType().names());
    byte[][][] nothing = noFeatures.ofGroups();
    for (int i = 0; i < nothing.length; i++) {
      entities.add(new EntityLookup(settings.entities().get(i), layout, tables.get(i), nothing[i]));
    }
    joined = new RowEncoder(layout, settings.joinedType().names());
    row = new Row(layout.size());
    other = new Row(layout.size());
  }

  /** The columns of joined rows, in their order, and behind them what else is read. */
  private static RowType layout(JoinSettings settings) {
    RowType clean = settings.cleanType();
    RowType joined = settings.joinedType();
    List<Column> columns = new ArrayList<>();
    // a clean column knows what to do with older records
    joined.columns().forEach(c -> columns.add(clean.has(c.name()) ? clean.column(c.name()) : c));
    clean.columns().stream().filter(column -> !joined.has(column.name())).forEach(columns::add);
    return new RowType(joined.name(), columns);
  }

  /** Begins with the columns of joined rows, in their order. */
  @Override
  public Row row() {
    return row;
  }

  @Override
  public void load(byte[] source, int offset, int length, long records) {
    int first = row.load(source, offset, length);
    cursor.reset(row.bytes, first, length);
    end = row.end();
    left = records;
  }

  @Override
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    begun++;
    row.truncate(end);
    start = cursor.position();
    decode(cursor, row);
    return true;
  }

  private void decode(ByteCursor from, Row into) {
    clean.decode(from, into);
    for (EntityLookup entity : entities) {
      entity.fill(into);
    }
  }

  @Override
  public long begun() {
    return begun;
  }

  @Override
  public void putSource(ByteBuilder out) {
    out.putBytes(cursor.array(), start, cursor.position() - start);
  }

  @Override
  public void putRow(byte[] source, int offset, int length, ByteBuilder out) {
    int first = other.load(source, offset, length);
    entities.forEach(EntityLookup::forget);
    decode(new ByteCursor().reset(other.bytes, first, length), other);
    entities.forEach(EntityLookup::forget);
    joined.encode(other, out);
  }
}
