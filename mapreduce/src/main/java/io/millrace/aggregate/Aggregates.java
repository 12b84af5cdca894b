package io.millrace.aggregate;

import io.millrace.expression.AggregateTyping;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.Set;

/** The aggregate functions that there are. */
public final class Aggregates implements AggregateTyping {
  static final String COUNT = "COUNT";
  static final String SUM = "SUM";

  /** The sum as a DOUBLE: with a count, what {@code AVG} is made of. */
  static final String SUM_DOUBLE = "SUM_DOUBLE";

  static final String MIN = "MIN";
  static final String MAX = "MAX";

  private static final ColumnType BIGINT = ColumnType.of(Kind.LONG);
  private static final ColumnType DOUBLE = ColumnType.of(Kind.DOUBLE).withNullable(true);

  @Override
  public Set<String> functions() {
    return Set.of(COUNT, SUM, SUM_DOUBLE, MIN, MAX);
  }

  @Override
  public ColumnType resultType(String function, List<ColumnType> arguments) {
    return create(new AggregateSettings(function, arguments, function)).resultType();
  }

  /**
   * An aggregate that has no states yet.
   *
   * @throws IllegalArgumentException saying what the function takes
   */
  public static Aggregate create(AggregateSettings settings) {
    List<ColumnType> arguments = settings.arguments();
    if (settings.function().equals(COUNT)) {
      if (arguments.size() > 1) {
        throw new IllegalArgumentException(
            "COUNT takes * or one argument, not " + arguments.size());
      }
      return new Count(BIGINT);
    }
    if (arguments.size() != 1) {
      throw new IllegalArgumentException(
          settings.function() + " takes one argument, not " + arguments.size());
    }
    ColumnType argument = arguments.get(0);
    return switch (settings.function()) {
      case SUM -> new Sum(settings.label(), argument, sumType(settings, argument));
      case SUM_DOUBLE -> {
        requireNumeric(settings, argument);
        yield new Sum(settings.label(), argument, DOUBLE);
      }
      case MIN -> extreme(argument, false);
      case MAX -> extreme(argument, true);
      default ->
          throw new IllegalArgumentException(
              "Cannot find aggregate "
                  + settings.function()
                  + ": there are COUNT, SUM, AVG, MIN and MAX");
    };
  }

  static boolean isSameForDistinct(String function) {
    return function.equals(MIN) || function.equals(MAX);
  }

  private static ColumnType sumType(AggregateSettings settings, ColumnType argument) {
    requireNumeric(settings, argument);
    return switch (argument.kind()) {
      case DECIMAL ->
          ColumnType.decimal(ColumnType.MAX_DECIMAL_PRECISION, argument.scale()).withNullable(true);
      case FLOAT, DOUBLE -> DOUBLE;
      case INT, LONG -> BIGINT.withNullable(true);
      case BOOLEAN, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, STRING ->
          throw new AssertionError(argument);
    };
  }

  private static void requireNumeric(AggregateSettings settings, ColumnType argument) {
    if (!argument.kind().isNumeric()) {
      throw new IllegalArgumentException(
          "Cannot compute %s of %s: a number is needed"
              .formatted(
                  settings.function().equals(SUM_DOUBLE) ? "AVG" : settings.function(),
                  argument.sqlName()));
    }
  }

  private static Aggregate extreme(ColumnType argument, boolean greatest) {
    ColumnType result = argument.withNullable(true);
    return argument.kind() == Kind.STRING
        ? new TextExtreme(result, greatest)
        : new NumberExtreme(result, greatest);
  }
}
