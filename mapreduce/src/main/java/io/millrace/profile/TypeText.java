package io.millrace.profile;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as profiles name them: in SQL, with {@code TIMESTAMP(6)} for microseconds. */
final class TypeText {
  private static final String MICROS = "TIMESTAMP(6)";
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), (\\d+)\\)");

  private TypeText() {}

  static String of(ColumnType type) {
    return type.kind() == Kind.TIMESTAMP_MICROS ? MICROS : type.sqlName();
  }

  /** The type of a text; whether it is nullable is not in it. */
  static ColumnType parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return ColumnType.decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.DECIMAL)
        .map(ColumnType::of)
        .filter(type -> of(type).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("Cannot read a profile: its type is " + text));
  }
}
