package io.millrace.aggregate;

import io.millrace.expression.sql.Parameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The aggregate functions that there are, as a person writes and reads them. */
public enum AggregateFunction {
  COUNT(
      StateKind.COUNT,
      "COUNT(x)",
      "any type",
      "BIGINT",
      "How many values are not NULL; `COUNT(*)`: how many records. 0 over nothing."),
  SUM(
      StateKind.SUM,
      "SUM(x)",
      "a number",
      "BIGINT; DECIMAL(18, s) of DECIMAL; DOUBLE of REAL and DOUBLE",
      "The exact sum, rounded once."),
  AVG(
      StateKind.SUM_DOUBLE,
      "AVG(x)",
      "a number",
      "DOUBLE",
      "The mean of the values that are not NULL: the exact sum as DOUBLE by the count."),
  /** Not written by people: AVG is this by COUNT. */
  SUM_DOUBLE(StateKind.SUM_DOUBLE, "", "", "", ""),
  MIN(
      StateKind.MIN,
      "MIN(x)",
      "any type",
      "that of x",
      "The least value; of text in the order of code points, and FALSE is less than TRUE."),
  MAX(StateKind.MAX, "MAX(x)", "any type", "that of x", "The greatest value, in the same order."),
  VARIANCE(
      StateKind.VARIANCE,
      "VARIANCE(x)",
      "a number",
      "DOUBLE",
      "The variance of a sample, from exact sums and rounded once; NULL of fewer than two values."),
  VAR_SAMP(StateKind.VARIANCE, "VAR_SAMP(x)", "a number", "DOUBLE", "The same as `VARIANCE`."),
  VAR_POP(
      StateKind.VARIANCE,
      "VAR_POP(x)",
      "a number",
      "DOUBLE",
      "The variance of all there is: 0 of one value."),
  STDDEV(
      StateKind.VARIANCE,
      "STDDEV(x)",
      "a number",
      "DOUBLE",
      "The standard deviation of a sample, the root of `VARIANCE`; NULL of fewer than two values."),
  STDDEV_SAMP(StateKind.VARIANCE, "STDDEV_SAMP(x)", "a number", "DOUBLE", "The same as `STDDEV`."),
  STDDEV_POP(
      StateKind.VARIANCE,
      "STDDEV_POP(x)",
      "a number",
      "DOUBLE",
      "The standard deviation of all there is, the root of `VAR_POP`."),
  FIRST(
      StateKind.FIRST,
      "FIRST(x)",
      "any type",
      "that of x",
      "The value with the earliest event time; of equal times the least value."),
  LAST(
      StateKind.LAST,
      "LAST(x)",
      "any type",
      "that of x",
      "The value with the latest event time; of equal times the greatest value."),
  DECAYED_SUM(
      StateKind.DECAYED_SUM,
      "DECAYED_SUM(x, half_life)",
      "a number",
      "DOUBLE",
      "The sum of x · 2^(-age / half_life), the age being the time from the record's event time to"
          + " the end of the window: `DECAYED_SUM(amount, INTERVAL '7' DAY)`."),
  PERCENTILE(
      StateKind.HISTOGRAM,
      "PERCENTILE(x, p)",
      "a number",
      "DOUBLE",
      "Of the n values in ascending order the one of rank ⌊p · (n − 1)⌋, counted from 0, off by 1 %"
          + " of it at most; exact for the least and the greatest, and for INTEGER and BIGINT below 50.",
      Parameter.number("p", 0, 1)),
  APPROX_COUNT_DISTINCT(
      StateKind.SKETCH,
      "APPROX_COUNT_DISTINCT(x)",
      "any type",
      "BIGINT",
      "How many different values there are: exactly up to 4096, beyond that with a relative"
          + " standard error of 1.6 %. 0 over nothing."),
  COUNT_DISTINCT(
      StateKind.DISTINCT,
      "COUNT(DISTINCT x)",
      "any type",
      "BIGINT",
      "How many different values there are, exactly. 0 over nothing; of more than 65536 values, or"
          + " more than 1 MiB of text, an error."),
  MODE(
      StateKind.COUNTS,
      "MODE(x)",
      "any type",
      "that of x",
      "The most frequent value; of equally frequent ones the least."),
  APPROX_TOP_K(
      StateKind.COUNTS,
      "APPROX_TOP_K(x, k)",
      "any type",
      "VARCHAR",
      "The k most frequent values as a JSON array, most frequent first, of equally frequent ones"
          + " the least first.",
      Parameter.wholeNumber("k", 1, 1024));

  private static final String DISTINCT = "DISTINCT ";

  private final StateKind state;
  private final String syntax;
  private final String argument;
  private final String result;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final List<Parameter> parameters;

  /**
   * @param syntax how it is written, the argument being {@code x}; empty where nobody writes it
   * @param argument which types it takes, in words
   * @param result its type, in words
   * @param description one line
   * @param parameters of the result, behind those of the state
   */
  AggregateFunction(
      StateKind state,
      String syntax,
      String argument,
      String result,
      String description,
      Parameter... parameters) {
    this.state = state;
    this.syntax = syntax;
    this.argument = argument;
    this.result = result;
    this.description = description;
    this.parameters =
        Stream.concat(state.parameters().stream(), Arrays.stream(parameters)).toList();
  }

  /** The functions that people write, in the order in which they are told of. */
  public static List<AggregateFunction> described() {
    return Arrays.stream(values()).filter(function -> !function.syntax.isEmpty()).toList();
  }

  /** The function of a name in upper case, if there is one. */
  static Optional<AggregateFunction> named(String name) {
    return Arrays.stream(values()).filter(function -> function.name().equals(name)).findFirst();
  }

  /** How it is written, such as {@code PERCENTILE(x, p)}. */
  public String syntax() {
    return syntax;
  }

  /** Which types of argument it takes, in words. */
  public String argument() {
    return argument;
  }

  /** The type of its result, in words. */
  public String result() {
    return result;
  }

  /** One line for a person, in Markdown. */
  public String description() {
    return description;
  }

  /** The literals behind the argument: first those that the state needs. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** What its result is finished from. */
  StateKind state() {
    return state;
  }

  /** Whether it is written as its name and brackets, with nothing before the argument. */
  boolean isWrittenByName() {
    return syntax.startsWith(name() + "(");
  }

  /** Whether its result is what its state says, and has no parameter of its own. */
  public boolean isPlain() {
    return name().equals(state.name());
  }

  /** A call as SQL. */
  String label(String argumentSql, List<BigDecimal> values) {
    String name = syntax.isEmpty() ? SUM.name() : syntax.substring(0, syntax.indexOf('('));
    String distinct = syntax.contains(DISTINCT) ? DISTINCT : "";
    return "%s(%s%s%s)".formatted(name, distinct, argumentSql, StateKind.shown(parameters, values));
  }
}
