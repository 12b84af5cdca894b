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
  MAX(StateKind.MAX, "MAX(x)", "any type", "that of x", "The greatest value, in the same order.");

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
