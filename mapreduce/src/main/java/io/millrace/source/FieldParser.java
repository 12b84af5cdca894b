package io.millrace.source;

import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import java.time.ZoneId;
import java.util.List;

/**
 * Reads the text of one field, not empty and without blanks around it, into a slot. Exact: what a
 * column cannot hold is refused, never rounded or cut (digits of a second beyond the column's
 * precision aside). May keep a cache; not thread-safe.
 */
interface FieldParser {
  /** Returns whether the text is of the parser's type; if not, the slot is left as it was. */
  boolean parse(byte[] bytes, int from, int to, Row row, int slot);

  /** What the last text that was refused should have been, for a person to read. */
  String expected();

  /**
   * The parser of a column.
   *
   * @param timestamps the format's patterns of timestamps; empty for ISO 8601
   * @param zone of timestamps that are written without one
   */
  static FieldParser of(ColumnType type, List<String> timestamps, ZoneId zone) {
    return switch (type.kind()) {
      case BOOLEAN -> new BooleanParser();
      case INT -> new IntegerParser(type, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> new IntegerParser(type, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> new FloatParser();
      case DOUBLE -> new DoubleParser();
      case DECIMAL -> new DecimalParser(type);
      case DATE -> new DateParser();
      case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> new TimestampParser(type.kind(), timestamps, zone);
      case STRING -> new StringParser();
    };
  }
}
