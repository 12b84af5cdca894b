package io.millrace.aggregate;

import io.millrace.row.ColumnType;
import io.millrace.row.Row;

/**
 * Values as a JSON array: numbers and booleans bare, all else in quotes, in which only what JSON
 * requires is escaped, as RFC 8785 does. Not thread-safe.
 */
final class ValueList {
  private static final String SHORT_ESCAPES = "\b\t\n\f\r\"\\";
  private static final String SHORT_NAMES = "btnfr\"\\";

  private final ColumnType type;
  private final ValueForm form;
  private final Row row = new Row(1);

  ValueList(ColumnType type, ValueForm form) {
    this.type = type;
    this.form = form;
  }

  String json(ValueTable values, int[] numbers) {
    StringBuilder json = new StringBuilder("[");
    for (int number : numbers) {
      row.clear();
      form.put(values.array(), values.offset(number), values.length(number), row, 0);
      append(PlainValue.of(row, 0, type), json.length() == 1 ? json : json.append(','));
    }
    return json.append(']').toString();
  }

  private void append(String value, StringBuilder json) {
    switch (type.kind()) {
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, DECIMAL -> json.append(value);
      case STRING -> {
        json.append('"');
        value.chars().forEach(character -> escape((char) character, json));
        json.append('"');
      }
      case DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> json.append('"').append(value).append('"');
    }
  }

  private static void escape(char character, StringBuilder json) {
    int special = SHORT_ESCAPES.indexOf(character);
    if (special >= 0) {
      json.append('\\').append(SHORT_NAMES.charAt(special));
    } else if (character < ' ') {
      json.append("\\u%04x".formatted((int) character));
    } else {
      json.append(character);
    }
  }
}
