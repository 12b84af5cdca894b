package io.millrace.learn.prepare;

import io.millrace.aggregate.ValueCounts;
import io.millrace.aggregate.ValueForm;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often each text of an input occurs, NULL being the empty text. Where there are more than
 * {@value #MOST_VALUES} different ones, or they have more than {@value #MOST_BYTES} bytes together,
 * none is counted.
 */
final class TextStatistics extends InputStatistics {
  static final int MOST_VALUES = 65_536;
  static final int MOST_BYTES = 8 << 20;

  private static final byte COUNTED = 1;
  private static final byte TOO_MANY = 0;

  private final int slot;
  private final ValueForm form = new ValueForm(ColumnType.of(Kind.STRING));
  private final ByteBuilder body = new ByteBuilder();

  /** Null once they are too many. */
  private @Nullable ValueCounts counts = new ValueCounts();

  TextStatistics(int slot) {
    this.slot = slot;
  }

  @Override
  boolean addValue(Row row) {
    boolean isNull = row.nulls[slot];
    if (counts != null) {
      counts.add(row.bytes, isNull ? 0 : row.offsets[slot], isNull ? 0 : row.lengths[slot], 1);
      limit();
    }
    return !isNull;
  }

  private void limit() {
    if (counts != null
        && (counts.size() > MOST_VALUES || counts.values().valueBytes() > MOST_BYTES)) {
      counts = null;
    }
  }

  /** The counts, unless there are too many different texts. */
  Optional<ValueCounts> counts() {
    return Optional.ofNullable(counts);
  }

  @Override
  void writeValues(ByteBuilder out) {
    if (counts == null) {
      out.putByte(TOO_MANY);
      return;
    }
    counts.write(form, body.clear());
    out.putByte(COUNTED).putSlice(body.array(), 0, body.length());
  }

  @Override
  void mergeValues(ByteCursor encoded) {
    if (encoded.readByte() == TOO_MANY) {
      counts = null;
      return;
    }
    int end = encoded.readLength() + encoded.position();
    if (counts == null) {
      encoded.position(end);
    } else {
      counts.read(form, encoded, end);
      limit();
    }
  }
}
