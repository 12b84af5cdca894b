package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import org.apache.avro.Schema;

/** COUNT: of records, or of values that are not NULL. */
final class Count extends Aggregate {
  private final ColumnType resultType;

  Count(ColumnType resultType) {
    this.resultType = resultType;
  }

  @Override
  public Schema storedSchema() {
    return Schema.create(Schema.Type.LONG);
  }

  @Override
  String storedDoc() {
    return "How many, 0 or more.";
  }

  @Override
  int words() {
    return 1;
  }

  @Override
  int objects() {
    return 0;
  }

  @Override
  void add(GroupStates states, int word, int object, Row row, int slot) {
    states.words[word]++;
  }

  @Override
  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    states.words[word] += from.words[fromWord];
  }

  @Override
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    states.words[word] += encoded.readVarint();
  }

  @Override
  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    out.putVarint(states.words[word]);
  }

  @Override
  Result result(ResultSettings settings) {
    return new Result(
        resultType, (states, word, object, row, slot) -> row.setLong(slot, states.words[word]));
  }
}
