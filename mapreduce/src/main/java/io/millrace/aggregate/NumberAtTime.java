package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import org.apache.avro.Schema;

/**
 * FIRST or LAST of anything but text: the least or greatest pair of event time and value. A state
 * has three words: whether there is a value, its time, and the value as a long of the same order.
 */
final class NumberAtTime extends Aggregate {
  private static final int TIME = 1;
  private static final int VALUE = 2;

  private final ColumnType resultType;
  private final OrderedNumber number;
  private final boolean last;
  private final ByteBuilder body = new ByteBuilder();

  NumberAtTime(ColumnType resultType, boolean last) {
    this.resultType = resultType;
    number = new OrderedNumber(resultType.kind());
    this.last = last;
  }

  @Override
  public Schema storedSchema() {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.BYTES));
  }

  @Override
  String storedDoc() {
    return TextAtTime.storedDoc(last);
  }

  @Override
  int words() {
    return 3;
  }

  @Override
  int objects() {
    return 0;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    add(states, word, states.eventTime, number.of(row, slot));
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    if (from.words[fromWord] != 0) {
      add(states, word, from.words[fromWord + TIME], from.words[fromWord + VALUE]);
    }
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (readBranch(encoded)) {
      encoded.readLength();
      long time = encoded.readVarint();
      add(states, word, time, number.read(encoded));
    }
  }

  private void add(GroupStates states, int word, long time, long value) {
    long[] words = states.words;
    if (words[word] != 0) {
      int order = Long.compare(time, words[word + TIME]);
      if (order == 0) {
        order = Long.compare(value, words[word + VALUE]);
      }
      if (last ? order <= 0 : order >= 0) {
        return;
      }
    }
    words[word] = 1;
    words[word + TIME] = time;
    words[word + VALUE] = value;
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    if (states.words[word] == 0) {
      out.putByte(NULL_BRANCH);
      return;
    }
    number.write(states.words[word + VALUE], body.clear().putVarint(states.words[word + TIME]));
    out.putByte(VALUE_BRANCH).putSlice(body.array(), 0, body.length());
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(
        resultType,
        (states, word, object, row, slot) -> {
          if (states.words[word] == 0) {
            row.setNull(slot);
          } else {
            number.put(states.words[word + VALUE], row, slot);
          }
        });
  }
}
