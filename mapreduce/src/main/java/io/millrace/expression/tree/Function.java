package io.millrace.expression.tree;

/**
 * A function of the runtime, named by class and method. There is exactly one method of each name:
 * Janino picks among overloads without a warning where only the return types differ.
 */
public enum Function {
  LOWER("Texts.lower", true),
  UPPER("Texts.upper", true),
  TRIM_BOTH("Texts.trimBoth", true),
  TRIM_LEADING("Texts.trimLeading", true),
  TRIM_TRAILING("Texts.trimTrailing", true),
  SUBSTRING_FROM("Texts.substringFrom", true),
  SUBSTRING_FOR("Texts.substringFor", true),
  CHAR_LENGTH("Texts.charLength", true),
  POSITION("Texts.position", true),
  REPLACE("Texts.replace", true),
  CONCAT("Texts.concat", true),
  STARTS_WITH("Texts.startsWith", true),
  ENDS_WITH("Texts.endsWith", true),
  WITHOUT_PREFIX("Texts.withoutPrefix", true),
  OCTET_LENGTH("Texts.octetLength", true),
  LEFT("Texts.left", true),
  RIGHT("Texts.right", true),
  LPAD("TextEdits.padLeading", true),
  RPAD("TextEdits.padTrailing", true),
  REPEAT("TextEdits.repeat", true),
  REVERSE("TextEdits.reverse", true),
  INITCAP("TextEdits.initialCapitals", true),
  TRANSLATE("TextEdits.translate", true),
  OVERLAY("TextEdits.overlay", true),
  SPLIT_PART("TextEdits.splitPart", true),
  ASCII("TextEdits.firstCodePoint", true),
  CHR("TextEdits.ofCodePoint", true),
  LEVENSHTEIN("TextEdits.levenshtein", true),
  CRC32("Texts.crc32", true),

  ABS_INTEGER("Numbers.absInteger"),
  ABS_BIGINT("Numbers.absBigint"),
  ABS_DOUBLE("Numbers.absDouble"),
  NEGATE_INTEGER("Numbers.negateInteger"),
  NEGATE_BIGINT("Numbers.negateBigint"),
  NEGATE_DOUBLE("Numbers.negateDouble"),
  SIGN_BIGINT("Numbers.signBigint"),
  SIGN_DOUBLE("Numbers.signDouble"),
  DIVIDE_BIGINT("Numbers.divideBigint"),
  BIT_AND("Numbers.bitAnd"),
  BIT_OR("Numbers.bitOr"),
  BIT_XOR("Numbers.bitXor"),
  BIT_COUNT("Numbers.bitCount"),
  ROUND_BIGINT("Numbers.roundBigint"),
  ROUND_DOUBLE("Numbers.roundDouble"),
  TRUNCATE_BIGINT("Numbers.truncateBigint"),
  TRUNCATE_DOUBLE("Numbers.truncateDouble"),
  FLOOR_DOUBLE("Numbers.floorDouble"),
  CEIL_DOUBLE("Numbers.ceilDouble"),
  FLOOR_DECIMAL("Decimals.floor"),
  CEIL_DECIMAL("Decimals.ceil"),
  ROUND_DECIMAL("Decimals.round"),
  TRUNCATE_DECIMAL("Decimals.truncate"),

  LN("Mathematics.ln"),
  LOG("Mathematics.log"),
  LOG2("Mathematics.log2"),
  LOG10("Mathematics.log10"),
  LOG1P("Mathematics.log1p"),
  EXPM1("Mathematics.expm1"),
  CBRT("Mathematics.cbrt"),
  SINH("Mathematics.sinh"),
  COSH("Mathematics.cosh"),
  TANH("Mathematics.tanh"),
  WIDTH_BUCKET("Mathematics.widthBucket"),
  EXP("Mathematics.exp"),
  SQRT("Mathematics.sqrt"),
  POWER("Mathematics.power"),
  SIN("Mathematics.sin"),
  COS("Mathematics.cos"),
  TAN("Mathematics.tan"),
  ASIN("Mathematics.asin"),
  ACOS("Mathematics.acos"),
  ATAN("Mathematics.atan"),
  ATAN2("Mathematics.atan2"),
  RADIANS("Mathematics.radians"),
  DEGREES("Mathematics.degrees"),

  /** Instant in milliseconds to seconds, rounded down; and so on. */
  MILLIS_TO_SECONDS("Times.millisToSeconds"),
  MICROS_TO_SECONDS("Times.microsToSeconds"),
  SECONDS_TO_MILLIS("Times.secondsToMillis"),
  SECONDS_TO_MICROS("Times.secondsToMicros"),
  MICROS_TO_MILLIS("Times.microsToMillis"),

  /** The same number, of another type. */
  SAME("Times.same"),
  SCALED_REST("Times.scaledRest"),
  HOUR_OF_DAY("Times.hourOfDay"),
  MINUTE_OF_HOUR("Times.minuteOfHour"),
  SECOND_OF_MINUTE("Times.secondOfMinute"),
  WHOLE_UNITS_BETWEEN("Times.wholeUnitsBetween"),

  YEAR("Days.year"),
  ISO_YEAR("Days.isoYear"),
  QUARTER("Days.quarter"),
  MONTH("Days.month"),
  WEEK("Days.week"),
  DAY_OF_MONTH("Days.dayOfMonth"),
  DAY_OF_WEEK("Days.dayOfWeek"),
  ISO_DAY_OF_WEEK("Days.isoDayOfWeek"),
  DAY_OF_YEAR("Days.dayOfYear"),
  START_OF_YEAR("Days.startOfYear"),
  START_OF_QUARTER("Days.startOfQuarter"),
  START_OF_MONTH("Days.startOfMonth"),
  START_OF_WEEK("Days.startOfWeek"),
  DAY_PLUS_DAYS("Days.plusDays"),
  DAY_PLUS_MONTHS("Days.plusMonths"),
  MONTHS_BETWEEN_DAYS("Days.monthsBetween"),
  LAST_DAY("Days.endOfMonth"),
  MAKE_DATE("Days.checked"),
  DAY_NAME("TextFormatting.dayName", true),
  MONTH_NAME("TextFormatting.monthName", true),

  /** These know the pipeline's zone. */
  LOCAL_DAY("calendar.localDay"),
  SECOND_OF_DAY("calendar.secondOfDay"),
  START_OF_DAY("calendar.startOfDay"),
  START_OF_HOUR("calendar.startOfHour"),
  START_OF_MINUTE("calendar.startOfMinute"),
  PLUS_DAYS_MILLIS("calendar.plusDaysMillis"),
  PLUS_DAYS_MICROS("calendar.plusDaysMicros"),
  PLUS_MONTHS_MILLIS("calendar.plusMonthsMillis"),
  PLUS_MONTHS_MICROS("calendar.plusMonthsMicros"),
  DAYS_BETWEEN_MICROS("calendar.daysBetweenMicros"),
  MONTHS_BETWEEN_MICROS("calendar.monthsBetweenMicros");

  private final String java;
  private final boolean takesRow;

  Function(String java) {
    this(java, false);
  }

  Function(String java, boolean takesRow) {
    this.java = java;
    this.takesRow = takesRow;
  }

  /** {@code Class.method} of the runtime, or {@code calendar.method}. */
  public String java() {
    return java;
  }

  /** Whether the row is the method's first argument. */
  public boolean takesRow() {
    return takesRow;
  }
}
