package io.millrace.expression.sql;

import io.millrace.expression.runtime.TimePattern;
import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Prepared;
import io.millrace.expression.tree.Expression.Prepared.Tool;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.ArrayList;
import java.util.List;

/** CAST, times as text in patterns, and times as numbers. */
final class ConversionRules {
  private static final String BIGINT = "BIGINT";
  private static final String VARCHAR = "VARCHAR";
  private static final ColumnType MILLIS = ColumnType.of(Kind.TIMESTAMP_MILLIS);
  private static final ColumnType MICROS = ColumnType.of(Kind.TIMESTAMP_MICROS);

  private ConversionRules() {}

  static List<FunctionRule> rules() {
    List<FunctionRule> rules = new ArrayList<>();
    addCasts(rules);
    addPatterns(rules);
    addEpochs(rules);
    return List.copyOf(rules);
  }

  private static void addCasts(List<FunctionRule> rules) {
    rules.add(
        FunctionRule.ofSyntax(
            Entry.of(
                "CAST(x AS type)",
                "the type",
                "another type; what cannot be converted is an error",
                "CAST('12.5' AS DOUBLE)",
                "12.5",
                "CAST(2.7 AS INTEGER)",
                "2")));
    rules.add(
        FunctionRule.ofSyntax(
            Entry.of(
                "TRY_CAST(x AS type)",
                "the type",
                "the same, but NULL for what cannot be converted",
                "TRY_CAST('n/a' AS DOUBLE)",
                "NULL")));
  }

  private static void addPatterns(List<FunctionRule> rules) {
    rules.add(
        FunctionRule.of(
            2,
            Entry.of(
                "DATE_FORMAT(ts, 'pattern')",
                VARCHAR,
                "as text in a pattern of Java's `DateTimeFormatter`, as in Spark; names are English",
                "DATE_FORMAT(DATE '2026-11-21', 'dd.MM.yyyy')",
                "'21.11.2026'",
                "DATE_FORMAT(TIMESTAMP '2026-11-21 22:30:15', 'EEE HH:mm')",
                "'Sat 22:30'"),
            ConversionRules::format));
    rules.add(
        FunctionRule.of(
            1,
            2,
            Entry.of(
                "TO_TIMESTAMP(s [, 'pattern'])",
                "TIMESTAMP",
                "read from text in such a pattern; without one the same as CAST. With more than"
                    + " `SSS` for the fraction it is a TIMESTAMP(6)",
                "TO_TIMESTAMP('21/11/2026 22:30', 'dd/MM/yyyy HH:mm')",
                "2026-11-21 22:30:00"),
            ConversionRules::timestamp));
    rules.add(
        FunctionRule.of(
            1,
            2,
            Entry.of(
                "TO_DATE(s [, 'pattern'])",
                "DATE",
                "the same for a day",
                "TO_DATE('Nov 21, 2026', 'MMM d, yyyy')",
                "2026-11-21"),
            ConversionRules::date));
  }

  private static void addEpochs(List<FunctionRule> rules) {
    String time = "TIMESTAMP '2026-11-21 22:30:15.500'";
    since(rules, Unit.SECONDS, time, "1795300215");
    since(rules, Unit.MILLIS, time, "1795300215500");
    since(rules, Unit.MICROS, time, "1795300215500000");
    moment(rules, Unit.SECONDS, "1795300215", "2026-11-21 22:30:15");
    moment(rules, Unit.MILLIS, "1795300215500", "2026-11-21 22:30:15.500");
    moment(rules, Unit.MICROS, "1795300215500000", "2026-11-21 22:30:15.500000");
  }

  /** What moments are counted in. */
  private enum Unit {
    SECONDS("seconds"),
    MILLIS("milliseconds"),
    MICROS("microseconds");

    private final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  private static void since(List<FunctionRule> rules, Unit unit, String time, String value) {
    String name = "UNIX_" + unit;
    rules.add(
        FunctionRule.of(
            1,
            Entry.of(
                name + "(ts)",
                BIGINT,
                unit.word + " since 1970-01-01 UTC, as in BigQuery and Spark",
                name + "(" + time + ")",
                value),
            arguments -> {
              Expression moment = moment(arguments);
              return switch (unit) {
                case SECONDS -> TimeParts.seconds(moment);
                case MILLIS ->
                    moment.type().kind() == Kind.TIMESTAMP_MILLIS
                        ? whole(Function.SAME, moment)
                        : whole(Function.MICROS_TO_MILLIS, moment);
                case MICROS -> whole(Function.SAME, Typing.convert(moment, MICROS));
              };
            }));
  }

  private static void moment(List<FunctionRule> rules, Unit unit, String count, String value) {
    String name = "TIMESTAMP_" + unit;
    rules.add(
        FunctionRule.of(
            1,
            Entry.of(
                name + "(n)",
                unit == Unit.MICROS ? "TIMESTAMP(6)" : "TIMESTAMP",
                "the moment n " + unit.word + " after 1970-01-01 UTC",
                name + "(" + count + ")",
                value),
            arguments -> {
              Expression number = arguments.whole(0);
              return switch (unit) {
                case SECONDS -> new Call(Function.SECONDS_TO_MILLIS, List.of(number), MILLIS);
                case MILLIS -> new Call(Function.SAME, List.of(number), MILLIS);
                case MICROS -> new Call(Function.SAME, List.of(number), MICROS);
              };
            }));
  }

  private static Expression whole(Function function, Expression operand) {
    return new Call(function, List.of(operand), Typing.BIGINT);
  }

  /** A TIMESTAMP, for which a DATE stands with its start. */
  private static Expression moment(Arguments arguments) {
    Expression time = arguments.binder().times().time(arguments.node(0));
    return time.type().kind() == Kind.DATE ? Typing.convert(time, MILLIS) : time;
  }

  private static Expression format(Arguments arguments) {
    Expression time = arguments.binder().times().time(arguments.node(0));
    boolean isDate = time.type().kind() == Kind.DATE;
    String pattern = pattern(arguments);
    TimePattern.faultOfWriting(pattern, isDate)
        .ifPresent(
            fault -> {
              throw SqlProblem.at(arguments.node(1), fault);
            });
    Tool tool =
        switch (time.type().kind()) {
          case DATE -> Tool.FORMAT_DAY;
          case TIMESTAMP_MILLIS -> Tool.FORMAT_MILLIS;
          default -> Tool.FORMAT_MICROS;
        };
    return new Prepared(tool, List.of(time), pattern, Typing.VARCHAR);
  }

  private static Expression timestamp(Arguments arguments) {
    Expression text = arguments.text(0);
    if (arguments.size() == 1) {
      return Typing.convert(text, MILLIS);
    }
    String pattern = readingPattern(arguments);
    return pattern.contains("SSSS")
        ? new Prepared(Tool.PARSE_MICROS, List.of(text), pattern, MICROS)
        : new Prepared(Tool.PARSE_MILLIS, List.of(text), pattern, MILLIS);
  }

  private static Expression date(Arguments arguments) {
    Expression text = arguments.text(0);
    return arguments.size() == 1
        ? Typing.convert(text, Typing.DATE)
        : new Prepared(Tool.PARSE_DAY, List.of(text), readingPattern(arguments), Typing.DATE);
  }

  private static String readingPattern(Arguments arguments) {
    String pattern = pattern(arguments);
    TimePattern.faultOfReading(pattern)
        .ifPresent(
            fault -> {
              throw SqlProblem.at(arguments.node(1), fault);
            });
    return pattern;
  }

  private static String pattern(Arguments arguments) {
    return new Patterns(arguments.binder())
        .constant(arguments.node(1), "The pattern of " + arguments.function());
  }
}
