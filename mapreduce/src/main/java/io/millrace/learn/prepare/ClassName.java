package io.millrace.learn.prepare;

import io.millrace.aggregate.ValueForm;
import io.millrace.aggregate.ValueTable;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;

/** What a class is called that a label tells apart: its text, or the whole number 0 or 1. */
final class ClassName {
  private ClassName() {}

  static String of(ValueTable labels, int number, ColumnType type) {
    Row row = new Row(1);
    new ValueForm(type).put(labels.array(), labels.offset(number), labels.length(number), row, 0);
    return type.kind() == Kind.STRING
        ? row.string(0)
        : NumberText.of(
            type.kind().storage() == Kind.Storage.DOUBLE ? row.doubles[0] : row.longs[0]);
  }
}
