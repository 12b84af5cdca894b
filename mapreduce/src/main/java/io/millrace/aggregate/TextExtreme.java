package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** MIN or MAX of text, in the order of its UTF-8, which is that of its code points. */
final class TextExtreme extends Aggregate {
  private final ColumnType resultType;
  private final boolean greatest;

  TextExtreme(ColumnType resultType, boolean greatest) {
    this.resultType = resultType;
    this.greatest = greatest;
  }

  @Override
  public Schema storedSchema() {
    return resultType.toAvro();
  }

  @Override
  String storedDoc() {
    return "The %s value in the order of code points; null where there is none."
        .formatted(greatest ? "greatest" : "least");
  }

  @Override
  int words() {
    return 0;
  }

  @Override
  int objects() {
    return 1;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    add(states, object, row.bytes, row.offsets[slot], row.lengths[slot]);
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    byte[] other = text(from, fromObject);
    if (other != null) {
      add(states, object, other, 0, other.length);
    }
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (readBranch(encoded)) {
      int length = encoded.readLength();
      add(states, object, encoded.array(), encoded.advance(length), length);
    }
  }

  private void add(GroupStates states, int object, byte[] source, int offset, int length) {
    byte[] best = text(states, object);
    if (best != null) {
      int order = Arrays.compareUnsigned(source, offset, offset + length, best, 0, best.length);
      if (greatest ? order <= 0 : order >= 0) {
        return;
      }
      states.released(best.length);
    }
    states.objects[object] = Arrays.copyOfRange(source, offset, offset + length);
    states.held(length);
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    byte[] best = text(states, object);
    if (best == null) {
      out.putByte(NULL_BRANCH);
    } else {
      out.putByte(VALUE_BRANCH).putSlice(best, 0, best.length);
    }
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(resultType, this::finish);
  }

  private void finish(GroupStates states, int word, int object, Row row, int slot) {
    byte[] best = text(states, object);
    if (best == null) {
      row.setNull(slot);
      return;
    }
    int start = row.allocate(best.length);
    System.arraycopy(best, 0, row.bytes, start, best.length);
    row.setSlice(slot, start, best.length);
  }

  private static byte @Nullable [] text(GroupStates states, int object) {
    return (byte[]) states.objects[object];
  }
}
