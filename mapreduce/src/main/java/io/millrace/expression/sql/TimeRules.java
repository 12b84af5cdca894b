package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Function;
import java.util.ArrayList;
import java.util.List;

/** Functions of DATE and TIMESTAMP. */
final class TimeRules {
  private static final String BIGINT = "BIGINT";
  private static final String SAME = "that of ts";
  private static final String VARCHAR = "VARCHAR";

  private TimeRules() {}

  static List<FunctionRule> rules() {
    List<FunctionRule> rules = new ArrayList<>();
    addParts(rules);
    addUnits(rules);
    addCalendar(rules);
    return List.copyOf(rules);
  }

  private static void addParts(List<FunctionRule> rules) {
    rules.add(
        FunctionRule.ofSyntax(
            Entry.of(
                "EXTRACT(part FROM ts)",
                BIGINT,
                "one part of a DATE or TIMESTAMP",
                "EXTRACT(HOUR FROM TIMESTAMP '2026-11-21 22:30:15')",
                "22",
                "EXTRACT(ISODOW FROM DATE '2026-11-21')",
                "6")));
    part(rules, "YEAR", "YEAR", "DATE '2026-11-21'", "2026");
    part(rules, "QUARTER", "QUARTER", "DATE '2026-11-21'", "4");
    part(rules, "MONTH", "MONTH", "DATE '2026-11-21'", "11");
    part(rules, "WEEK", "WEEK", "DATE '2026-11-21'", "47");
    part(rules, "DAY", "DAY", "DATE '2026-11-21'", "21");
    part(rules, "DAYOFYEAR", "DOY", "DATE '2026-11-21'", "325");
    part(rules, "DAYOFMONTH", "DAY", "DATE '2026-11-21'", "21");
    part(rules, "DAYOFWEEK", "DOW", "DATE '2026-11-21'", "7");
    part(rules, "HOUR", "HOUR", "TIMESTAMP '2026-11-21 22:30:15'", "22");
    part(rules, "MINUTE", "MINUTE", "TIMESTAMP '2026-11-21 22:30:15'", "30");
    part(rules, "SECOND", "SECOND", "TIMESTAMP '2026-11-21 22:30:15'", "15");
  }

  private static void part(
      List<FunctionRule> rules, String name, String unit, String time, String value) {
    rules.add(
        FunctionRule.of(
            1,
            Entry.of(
                name + "(ts)",
                BIGINT,
                "`EXTRACT(" + unit + " FROM ts)`",
                name + "(" + time + ")",
                value),
            arguments ->
                arguments.binder().times().part(unit, arguments.call(), arguments.node(0))));
  }

  private static void addUnits(List<FunctionRule> rules) {
    rules.add(
        FunctionRule.of(
            2,
            Entry.of(
                "DATE_TRUNC('unit', ts)",
                SAME,
                "the start of the unit that ts lies in",
                "DATE_TRUNC('month', DATE '2026-11-21')",
                "2026-11-01",
                "DATE_TRUNC('hour', TIMESTAMP '2026-11-21 22:30:15')",
                "2026-11-21 22:00:00"),
            arguments -> arguments.binder().times().truncate(arguments)));
    rules.add(
        FunctionRule.ofForm(
            Entry.of(
                "FLOOR(ts TO unit)",
                SAME,
                "the same",
                "FLOOR(DATE '2026-11-21' TO WEEK)",
                "2026-11-16")));
    rules.add(
        FunctionRule.of(
            3,
            Entry.of(
                "DATE_DIFF('unit', from, to)",
                BIGINT,
                "how many starts of a unit lie between: for days, the midnights. As in DuckDB and"
                    + " Snowflake",
                "DATE_DIFF('month', DATE '2026-01-31', DATE '2026-02-01')",
                "1",
                "DATE_DIFF('day', TIMESTAMP '2026-11-21 23:00:00', TIMESTAMP '2026-11-22 01:00:00')",
                "1"),
            arguments ->
                new TimeArithmetic(arguments.binder(), arguments.binder().times())
                    .boundaries(arguments)));
    rules.add(
        FunctionRule.ofSyntax(
            Entry.of(
                "TIMESTAMPDIFF(unit, from, to)",
                BIGINT,
                "how many whole units have passed, negative where to is earlier. As in MySQL",
                "TIMESTAMPDIFF(MONTH, DATE '2026-01-31', DATE '2026-02-01')",
                "0",
                "TIMESTAMPDIFF(YEAR, DATE '2000-02-29', DATE '2026-02-28')",
                "25")));
    rules.add(
        FunctionRule.ofSyntax(
            Entry.of(
                "TIMESTAMPADD(unit, n, ts)",
                SAME,
                "ts and n units: `ts + INTERVAL n unit`",
                "TIMESTAMPADD(MONTH, 1, DATE '2026-01-31')",
                "2026-02-28")));
  }

  private static void addCalendar(List<FunctionRule> rules) {
    rules.add(
        FunctionRule.of(
            1,
            Entry.of(
                "LAST_DAY(ts)",
                "DATE",
                "the last day of the month",
                "LAST_DAY(DATE '2024-02-10')",
                "2024-02-29"),
            arguments -> new Call(Function.LAST_DAY, List.of(day(arguments)), Typing.DATE)));
    rules.add(
        FunctionRule.of(
            1,
            Entry.of(
                "DAYNAME(ts)",
                VARCHAR,
                "the English name of the day of the week",
                "DAYNAME(DATE '2026-11-21')",
                "'Saturday'"),
            arguments -> new Call(Function.DAY_NAME, List.of(day(arguments)), Typing.VARCHAR)));
    rules.add(
        FunctionRule.of(
            1,
            Entry.of(
                "MONTHNAME(ts)",
                VARCHAR,
                "the English name of the month",
                "MONTHNAME(DATE '2026-11-21')",
                "'November'"),
            arguments -> new Call(Function.MONTH_NAME, List.of(day(arguments)), Typing.VARCHAR)));
    rules.add(
        FunctionRule.of(
            3,
            Entry.of(
                "MAKE_DATE(year, month, day)",
                "DATE",
                "the day, which the calendar must have",
                "MAKE_DATE(2024, 2, 29)",
                "2024-02-29"),
            arguments ->
                new Call(
                    Function.MAKE_DATE,
                    List.of(arguments.whole(0), arguments.whole(1), arguments.whole(2)),
                    Typing.DATE)));
  }

  private static Expression day(Arguments arguments) {
    return TimeParts.day(arguments.binder().times().time(arguments.node(0)));
  }
}
