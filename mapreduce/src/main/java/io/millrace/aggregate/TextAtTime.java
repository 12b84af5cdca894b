package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * FIRST or LAST of text: the least or greatest pair of event time and value. A state is the time in
 * a word and the text in an object.
 */
final class TextAtTime extends Aggregate {
  private final ColumnType resultType;
  private final boolean last;
  private final ByteBuilder body = new ByteBuilder();

  TextAtTime(ColumnType resultType, boolean last) {
    this.resultType = resultType;
    this.last = last;
  }

  @Override
  public Schema storedSchema() {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.BYTES));
  }

  static String storedDoc(boolean last) {
    return ("The %s event time as an Avro long, in the unit of its column, and behind it the value"
            + " as Avro; of equal times the %s value; null where there is none.")
        .formatted(last ? "latest" : "earliest", last ? "greatest" : "least");
  }

  @Override
  String storedDoc() {
    return storedDoc(last);
  }

  @Override
  int words() {
    return 1;
  }

  @Override
  int objects() {
    return 1;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    add(states, word, object, states.eventTime, row.bytes, row.offsets[slot], row.lengths[slot]);
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    byte[] other = text(from, fromObject);
    if (other != null) {
      add(states, word, object, from.words[fromWord], other, 0, other.length);
    }
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (readBranch(encoded)) {
      encoded.readLength();
      long time = encoded.readVarint();
      int length = encoded.readLength();
      add(states, word, object, time, encoded.array(), encoded.advance(length), length);
    }
  }

  private void add(
      GroupStates states, int word, int object, long time, byte[] source, int offset, int length) {
    byte[] kept = text(states, object);
    if (kept != null) {
      int order = Long.compare(time, states.words[word]);
      if (order == 0) {
        order = Arrays.compareUnsigned(source, offset, offset + length, kept, 0, kept.length);
      }
      if (last ? order <= 0 : order >= 0) {
        return;
      }
      states.released(kept.length);
    }
    states.words[word] = time;
    states.objects[object] = Arrays.copyOfRange(source, offset, offset + length);
    states.held(length);
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    byte[] kept = text(states, object);
    if (kept == null) {
      out.putByte(NULL_BRANCH);
      return;
    }
    body.clear().putVarint(states.words[word]).putSlice(kept, 0, kept.length);
    out.putByte(VALUE_BRANCH).putSlice(body.array(), 0, body.length());
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(
        resultType,
        (states, word, object, row, slot) -> {
          byte[] kept = text(states, object);
          if (kept == null) {
            row.setNull(slot);
            return;
          }
          int start = row.allocate(kept.length);
          System.arraycopy(kept, 0, row.bytes, start, kept.length);
          row.setSlice(slot, start, kept.length);
        });
  }

  private static byte @Nullable [] text(GroupStates states, int object) {
    return (byte[]) states.objects[object];
  }
}
