package io.millrace.expression.sql;

import java.math.BigDecimal;

/**
 * A literal that an aggregate takes behind its argument, such as the share of {@code PERCENTILE(x,
 * 0.95)}.
 *
 * @param name may be written before it: {@code half_life => INTERVAL '7' DAY}
 * @param least and
 * @param most are allowed too; of an interval in milliseconds
 */
public record Parameter(String name, Type type, BigDecimal least, BigDecimal most) {
  /** How it is written. */
  public enum Type {
    /** As a number. */
    NUMBER,
    /** As a number without fraction. */
    WHOLE_NUMBER,
    /** As an interval of days or shorter units; its value is milliseconds. */
    INTERVAL
  }

  /** A number that may have a fraction. */
  public static Parameter number(String name, long least, long most) {
    return new Parameter(name, Type.NUMBER, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
  }

  public static Parameter wholeNumber(String name, long least, long most) {
    return new Parameter(
        name, Type.WHOLE_NUMBER, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
  }

  public static Parameter interval(String name, long leastMillis, long mostMillis) {
    return new Parameter(
        name, Type.INTERVAL, BigDecimal.valueOf(leastMillis), BigDecimal.valueOf(mostMillis));
  }

  /** What is expected, for a person. */
  String expected() {
    return switch (type) {
      case NUMBER -> "a number from %s to %s".formatted(least, most);
      case WHOLE_NUMBER -> "a whole number from %s to %s".formatted(least, most);
      case INTERVAL ->
          "an interval from %s to %s, such as INTERVAL '7' DAY"
              .formatted(shown(least), shown(most));
    };
  }

  /** A value of this parameter as SQL. */
  public String shown(BigDecimal value) {
    return type == Type.INTERVAL ? Intervals.shown(value.longValueExact()) : value.toPlainString();
  }
}
