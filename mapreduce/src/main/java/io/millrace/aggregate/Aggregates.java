package io.millrace.aggregate;

import io.millrace.expression.AggregateCall;
import io.millrace.expression.TypedExpression;
import io.millrace.expression.sql.AggregateTyping;
import io.millrace.expression.sql.Parameter;
import io.millrace.expression.sql.SplitAggregates;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes aggregates, and says what the functions take and give. */
public final class Aggregates implements AggregateTyping {
  /** The end of the windows: the midnight that ends their last day. */
  public static final Column WINDOW_END =
      new Column(SplitAggregates.WINDOW_END, ColumnType.of(Kind.TIMESTAMP_MILLIS));

  private static final ColumnType BIGINT = ColumnType.of(Kind.LONG);
  static final ColumnType DOUBLE = ColumnType.of(Kind.DOUBLE).withNullable(true);

  @Override
  public Set<String> functions() {
    Set<String> names = new TreeSet<>();
    AggregateFunction.described().stream()
        .filter(AggregateFunction::isWrittenByName)
        .forEach(function -> names.add(function.name()));
    return names;
  }

  @Override
  public String usage(String function) {
    return function(function).syntax();
  }

  @Override
  public Optional<String> distinct(String function) {
    return switch (function(function)) {
      // of equal values one is enough
      case MIN, MAX, FIRST, LAST -> Optional.of(function);
      case COUNT -> Optional.of(AggregateFunction.COUNT_DISTINCT.name());
      default -> Optional.empty();
    };
  }

  @Override
  public List<Parameter> parameters(String function) {
    return function(function).parameters();
  }

  @Override
  public ColumnType resultType(
      String function, List<ColumnType> arguments, List<BigDecimal> parameters) {
    AggregateFunction found = function(function);
    int ofState = found.state().parameters().size();
    return create(
            new StateSettings(found.state(), arguments, parameters.subList(0, ofState), function))
        .result(
            new ResultSettings(0, found, parameters.subList(ofState, parameters.size()), function))
        .type();
  }

  /** The columns {@code $i}, the results of calls, and WINDOW_END. */
  public static RowType results(List<AggregateCall> calls) {
    List<Column> columns = new ArrayList<>();
    for (AggregateCall call : calls) {
      columns.add(
          new Column(
              "$" + columns.size(),
              new Aggregates()
                  .resultType(
                      call.function(),
                      call.argument().map(TypedExpression::type).stream().toList(),
                      call.parameters())));
    }
    columns.add(WINDOW_END);
    return new RowType("results", columns);
  }

  static AggregateFunction function(String name) {
    return AggregateFunction.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find aggregate %s: there are %s"
                        .formatted(name, String.join(", ", new Aggregates().functions()))));
  }

  /**
   * An aggregate that has no states yet.
   *
   * @throws IllegalArgumentException saying what the function takes
   */
  public static Aggregate create(StateSettings settings) {
    List<ColumnType> arguments = settings.arguments();
    StateKind kind = settings.kind();
    if (kind == StateKind.COUNT) {
      if (arguments.size() > 1) {
        throw new IllegalArgumentException(
            "COUNT takes * or one argument, not " + arguments.size());
      }
      return new Count(BIGINT);
    }
    if (arguments.size() != 1) {
      throw new IllegalArgumentException(
          settings.label() + " takes one argument, not " + arguments.size());
    }
    ColumnType argument = arguments.get(0);
    return switch (kind) {
      case COUNT -> new Count(BIGINT);
      case SUM -> new Sum(settings.label(), argument, sumType(settings, argument));
      case SUM_DOUBLE -> {
        requireNumeric(settings, argument);
        yield new Sum(settings.label(), argument, DOUBLE);
      }
      case VARIANCE -> {
        requireNumeric(settings, argument);
        yield new Variance(settings.label(), argument, DOUBLE);
      }
      case MIN -> extreme(argument, false);
      case MAX -> extreme(argument, true);
      case FIRST -> atTime(argument, false);
      case LAST -> atTime(argument, true);
      case DECAYED_SUM -> {
        requireNumeric(settings, argument);
        yield new DecayedSum(
            settings.label(), argument, DOUBLE, settings.parameters().get(0).longValueExact());
      }
      case HISTOGRAM -> {
        requireNumeric(settings, argument);
        yield new HistogramAggregate(argument);
      }
      case SKETCH -> new SketchAggregate(argument);
      case DISTINCT -> new SetAggregate(argument);
      case COUNTS -> new CountsAggregate(argument);
    };
  }

  private static ColumnType sumType(StateSettings settings, ColumnType argument) {
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

  private static void requireNumeric(StateSettings settings, ColumnType argument) {
    if (!argument.kind().isNumeric()) {
      throw new IllegalArgumentException(
          "Cannot compute %s of %s: a number is needed"
              .formatted(
                  settings.kind() == StateKind.SUM_DOUBLE ? "AVG" : settings.label(),
                  argument.sqlName()));
    }
  }

  private static Aggregate atTime(ColumnType argument, boolean last) {
    ColumnType result = argument.withNullable(true);
    return argument.kind() == Kind.STRING
        ? new TextAtTime(result, last)
        : new NumberAtTime(result, last);
  }

  private static Aggregate extreme(ColumnType argument, boolean greatest) {
    ColumnType result = argument.withNullable(true);
    return argument.kind() == Kind.STRING
        ? new TextExtreme(result, greatest)
        : new NumberExtreme(result, greatest);
  }
}
