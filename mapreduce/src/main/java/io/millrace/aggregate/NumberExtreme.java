package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import org.apache.avro.Schema;

/**
 * MIN or MAX of anything but text. A state has two words: whether there is a value, and the value
 * as a long of the same order. Of floating-point zeros the negative one is the smaller.
 */
final class NumberExtreme extends Aggregate {
  private final ColumnType resultType;
  private final OrderedNumber number;
  private final boolean greatest;

  NumberExtreme(ColumnType resultType, boolean greatest) {
    this.resultType = resultType;
    number = new OrderedNumber(resultType.kind());
    this.greatest = greatest;
  }

  @Override
  public Schema storedSchema() {
    return resultType.toAvro();
  }

  @Override
  String storedDoc() {
    return "The %s value; null where there is none.".formatted(greatest ? "greatest" : "least");
  }

  @Override
  int words() {
    return 2;
  }

  @Override
  int objects() {
    return 0;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    addOrdered(states, word, number.of(row, slot));
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    if (from.words[fromWord] != 0) {
      addOrdered(states, word, from.words[fromWord + 1]);
    }
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    if (readBranch(encoded)) {
      addOrdered(states, word, number.read(encoded));
    }
  }

  private void addOrdered(GroupStates states, int word, long value) {
    long[] words = states.words;
    if (words[word] == 0 || (greatest ? value > words[word + 1] : value < words[word + 1])) {
      words[word] = 1;
      words[word + 1] = value;
    }
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    if (states.words[word] == 0) {
      out.putByte(NULL_BRANCH);
      return;
    }
    number.write(states.words[word + 1], out.putByte(VALUE_BRANCH));
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(resultType, this::finish);
  }

  private void finish(GroupStates states, int word, int object, Row row, int slot) {
    if (states.words[word] == 0) {
      row.setNull(slot);
    } else {
      number.put(states.words[word + 1], row, slot);
    }
  }
}
