package io.millrace.expression.code;

import io.millrace.row.Kind;

/** How SQL values are held in generated code, and how literals of theirs are written. */
final class JavaTypes {
  private JavaTypes() {}

  static String of(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> "boolean";
      case FLOAT, DOUBLE -> "double";
      case INT, LONG, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, STRING -> "long";
    };
  }

  /** What a variable holds while its value is NULL. */
  static String blank(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> "false";
      case FLOAT, DOUBLE -> "0d";
      case INT, LONG, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, STRING -> "0L";
    };
  }

  static String literal(long value) {
    // the one long whose magnitude is no literal
    return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : value + "L";
  }

  static String literal(double value) {
    return value + "d";
  }

  static String literal(String text) {
    StringBuilder java = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        java.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        java.append("\\u%04x".formatted((int) c));
      } else {
        java.append(c);
      }
    }
    return java.append('"').toString();
  }
}
