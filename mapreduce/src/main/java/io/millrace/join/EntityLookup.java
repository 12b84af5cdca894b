package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Looks up the features of a row's entity and decodes them into the row. Where rows of one entity
 * follow one another, what the row has is left as it is. Not thread-safe.
 */
final class EntityLookup {
  private final int[] keySlots;
  private final RowEncoder keyEncoder;
  private final FeatureTable[] tables;
  private final byte[][] nothing;
  private final RowDecoder[] decoders;
  private final boolean[] haveText;

  /** Whether decoded features stay: text lies where the next record's will. */
  private final boolean staying;

  private final ByteCursor features = new ByteCursor();
  private ByteBuilder key = new ByteBuilder();
  private ByteBuilder lastKey = new ByteBuilder();
  private boolean lastNamed;
  private boolean filled;

  /** Whether the key is one text, which is compared where it lies: most rows end there. */
  private final boolean textKey;

  private int lastTextLength;

  /**
   * @param layout the columns of the rows, the entity's and all features among them
   * @param tables of the entity's groups
   * @param nothing what stands for features, of each group
   */
  EntityLookup(
      JoinSettings.Entity entity, RowType layout, List<FeatureTable> tables, byte[][] nothing) {
    keySlots = layout.slots(entity.columns());
    textKey =
        keySlots.length == 1 && layout.columns().get(keySlots[0]).type().kind() == Kind.STRING;
    keyEncoder = new RowEncoder(CleanRows.withoutNulls(layout), entity.columns());
    this.tables = tables.toArray(FeatureTable[]::new);
    this.nothing = nothing;
    int groups = entity.groups().size();
    decoders = new RowDecoder[groups];
    haveText = new boolean[groups];
    boolean anyText = false;
    for (int i = 0; i < groups; i++) {
      JoinSettings.Group group = entity.groups().get(i);
      RowType written =
          RowType.fromAvro(new Schema.Parser().parse(group.schema()))
              .select(group.name(), group.features());
      decoders[i] = new RowDecoder(written, layout, group.features());
      haveText[i] =
          written.columns().stream().anyMatch(column -> column.type().kind() == Kind.STRING);
      anyText |= haveText[i];
    }
    staying = !anyText;
  }

  /** Says that the row's features are not those that were put last. */
  void forget() {
    filled = false;
  }

  void fill(Row row) {
    boolean named = isNamed(row);
    boolean staysFilled = filled && staying && named == lastNamed;
    if (staysFilled && (!named || (textKey && isLastText(row)))) {
      return;
    }
    if (named) {
      keyEncoder.encode(row, key.clear());
      if (staysFilled && !textKey && isLastKey()) {
        return;
      }
    }
    decode(row, named);
    if (textKey) {
      lastTextLength = row.lengths[keySlots[0]];
    }
    ByteBuilder spare = lastKey;
    lastKey = key;
    key = spare;
    lastNamed = named;
    filled = true;
  }

  private boolean isNamed(Row row) {
    for (int slot : keySlots) {
      if (row.nulls[slot]) {
        return false;
      }
    }
    return true;
  }

  /** The encoding of a text ends with its bytes. */
  private boolean isLastText(Row row) {
    int length = row.lengths[keySlots[0]];
    int start = row.offsets[keySlots[0]];
    int end = lastKey.length();
    return length == lastTextLength
        && Arrays.equals(lastKey.array(), end - length, end, row.bytes, start, start + length);
  }

  private boolean isLastKey() {
    return Arrays.equals(key.array(), 0, key.length(), lastKey.array(), 0, lastKey.length());
  }

  private void decode(Row row, boolean named) {
    long hash = named ? XxHash64.hash(key.array(), 0, key.length()) : 0;
    for (int group = 0; group < tables.length; group++) {
      if (!named || !tables[group].find(key.array(), 0, key.length(), hash, features)) {
        features.reset(nothing[group], 0, nothing[group].length);
      }
      if (haveText[group]) {
        moveInto(row);
      }
      decoders[group].decode(features, row);
    }
  }

  /** Text of a row lies in its own buffer. */
  private void moveInto(Row row) {
    int length = features.remaining();
    int start = row.allocate(length);
    System.arraycopy(features.array(), features.position(), row.bytes, start, length);
    features.reset(row.bytes, start, length);
  }
}
