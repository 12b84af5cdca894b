package io.millrace.aggregate;

import io.millrace.expression.sql.Parameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is kept of records so that results can be finished from it. Several functions may be
 * finished from one kind of state: the calls of one argument then share what is stored.
 */
public enum StateKind {
  COUNT,
  SUM,
  /** The sum of numbers that are not floating, for a result that is: what AVG is made of. */
  SUM_DOUBLE,
  MIN,
  MAX,
  /** How many values lie in each bin of 2 %. */
  HISTOGRAM,
  /** The least hashes of the values. */
  SKETCH,
  /** The different values. */
  DISTINCT,
  /** How often each value occurs. */
  COUNTS,
  /** Count, sum and sum of squares. */
  VARIANCE,
  FIRST,
  LAST,
  DECAYED_SUM(Parameter.interval("half_life", 1000, 36_500 * 86_400_000L));

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final List<Parameter> parameters;

  /**
   * @param parameters without which nothing can be kept
   */
  StateKind(Parameter... parameters) {
    this.parameters = List.of(parameters);
  }

  /** The literals of a call that decide what is stored; those of the result come behind them. */
  List<Parameter> parameters() {
    return parameters;
  }

  /** What the names of its fields start with. */
  String stem() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state as SQL. */
  String label(String argument, List<BigDecimal> values) {
    return "%s(%s%s)"
        .formatted(this == SUM_DOUBLE ? SUM.name() : name(), argument, shown(parameters, values));
  }

  /** Literals as they stand behind an argument. */
  static String shown(List<Parameter> parameters, List<BigDecimal> values) {
    return values.isEmpty()
        ? ""
        : IntStream.range(0, values.size())
            .mapToObj(i -> ", " + parameters.get(i).shown(values.get(i)))
            .collect(Collectors.joining());
  }
}
