package io.millrace.expression.code;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;

/** Java that turns a value that is not NULL into one of another type. */
final class Conversions {
  private static final String CALENDAR = ", calendar)";

  private Conversions() {}

  /** Whether a value needs no conversion at all. */
  static boolean isSame(ColumnType from, ColumnType to) {
    if (from.kind() == Kind.FLOAT && to.kind() == Kind.DOUBLE) {
      return true;
    }
    if (from.kind() == Kind.INT && to.kind() == Kind.LONG) {
      return true;
    }
    return from.kind() == to.kind()
        && from.scale() == to.scale()
        && from.precision() <= to.precision();
  }

  static String java(String value, ColumnType from, ColumnType to) {
    if (isSame(from, to)) {
      return value;
    }
    return switch (to.kind()) {
      case BOOLEAN -> toBoolean(value, from);
      case INT -> toInteger(value, from);
      case LONG -> toBigint(value, from);
      case FLOAT -> "Numbers.toReal(" + toDouble(value, from) + ")";
      case DOUBLE -> toDouble(value, from);
      case DECIMAL -> toDecimal(value, from, to.precision() + ", " + to.scale());
      case DATE -> toDate(value, from);
      case TIMESTAMP_MILLIS -> toMillis(value, from);
      case TIMESTAMP_MICROS -> toMicros(value, from);
      case STRING -> toText(value, from);
    };
  }

  private static String toBoolean(String value, ColumnType from) {
    return switch (from.kind()) {
      case STRING -> "TextParsing.toBoolean(row, " + value + ")";
      case INT, LONG -> value + " != 0L";
      case BOOLEAN, FLOAT, DOUBLE, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          throw impossible(from, Kind.BOOLEAN);
    };
  }

  private static String toInteger(String value, ColumnType from) {
    return switch (from.kind()) {
      case BOOLEAN -> "(" + value + " ? 1L : 0L)";
      case LONG -> "Numbers.toInteger(" + value + ")";
      case FLOAT, DOUBLE -> "Numbers.doubleToInteger(" + value + ")";
      case DECIMAL -> "Numbers.toInteger(Decimals.toBigint(" + value + ", " + from.scale() + "))";
      case STRING -> "TextParsing.toInteger(row, " + value + ")";
      case INT, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> throw impossible(from, Kind.INT);
    };
  }

  private static String toBigint(String value, ColumnType from) {
    return switch (from.kind()) {
      case BOOLEAN -> "(" + value + " ? 1L : 0L)";
      case FLOAT, DOUBLE -> "Numbers.doubleToBigint(" + value + ")";
      case DECIMAL -> "Decimals.toBigint(" + value + ", " + from.scale() + ")";
      case STRING -> "TextParsing.toBigint(row, " + value + ")";
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> throw impossible(from, Kind.LONG);
    };
  }

  private static String toDouble(String value, ColumnType from) {
    return switch (from.kind()) {
      case BOOLEAN -> "(" + value + " ? 1d : 0d)";
      case INT, LONG -> "(double) " + value;
      case FLOAT, DOUBLE -> value;
      case DECIMAL -> "Decimals.toDouble(" + value + ", " + from.scale() + ")";
      case STRING -> "TextParsing.toDouble(row, " + value + ")";
      case DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> throw impossible(from, Kind.DOUBLE);
    };
  }

  private static String toDecimal(String value, ColumnType from, String target) {
    return switch (from.kind()) {
      case BOOLEAN -> "Decimals.rescale(" + value + " ? 1L : 0L, 0, " + target + ")";
      case INT, LONG, DECIMAL ->
          "Decimals.rescale(" + value + ", " + from.scale() + ", " + target + ")";
      case FLOAT, DOUBLE -> "Decimals.ofDouble(" + value + ", " + target + ")";
      case STRING -> "TextParsing.toDecimal(row, " + value + ", " + target + ")";
      case DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> throw impossible(from, Kind.DECIMAL);
    };
  }

  private static String toDate(String value, ColumnType from) {
    return switch (from.kind()) {
      case TIMESTAMP_MILLIS -> "calendar.localDay(Times.millisToSeconds(" + value + "))";
      case TIMESTAMP_MICROS -> "calendar.localDay(Times.microsToSeconds(" + value + "))";
      case STRING -> "TextParsing.toDate(row, " + value + ")";
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, DECIMAL, DATE -> throw impossible(from, Kind.DATE);
    };
  }

  private static String toMillis(String value, ColumnType from) {
    return switch (from.kind()) {
      case DATE -> "Times.secondsToMillis(calendar.startOfDay(" + value + "))";
      case TIMESTAMP_MICROS -> "Times.microsToMillis(" + value + ")";
      case STRING -> "TextParsing.toMillis(row, " + value + CALENDAR;
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, DECIMAL, TIMESTAMP_MILLIS ->
          throw impossible(from, Kind.TIMESTAMP_MILLIS);
    };
  }

  private static String toMicros(String value, ColumnType from) {
    return switch (from.kind()) {
      case DATE -> "Times.secondsToMicros(calendar.startOfDay(" + value + "))";
      case TIMESTAMP_MILLIS -> "Times.millisToMicros(" + value + ")";
      case STRING -> "TextParsing.toMicros(row, " + value + CALENDAR;
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, DECIMAL, TIMESTAMP_MICROS ->
          throw impossible(from, Kind.TIMESTAMP_MICROS);
    };
  }

  private static String toText(String value, ColumnType from) {
    return switch (from.kind()) {
      case BOOLEAN -> "TextFormatting.ofBoolean(row, " + value + ")";
      case INT, LONG -> "TextFormatting.ofBigint(row, " + value + ")";
      case FLOAT -> "TextFormatting.ofReal(row, " + value + ")";
      case DOUBLE -> "TextFormatting.ofDouble(row, " + value + ")";
      case DECIMAL -> "TextFormatting.ofDecimal(row, " + value + ", " + from.scale() + ")";
      case DATE -> "TextFormatting.ofDate(row, " + value + ")";
      case TIMESTAMP_MILLIS -> "TextFormatting.ofMillis(row, " + value + CALENDAR;
      case TIMESTAMP_MICROS -> "TextFormatting.ofMicros(row, " + value + CALENDAR;
      case STRING -> value;
    };
  }

  private static IllegalStateException impossible(ColumnType from, Kind to) {
    return new IllegalStateException("no conversion from " + from + " to " + to);
  }
}
