package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Case;
import io.millrace.expression.tree.Expression.Coalesce;
import io.millrace.expression.tree.Expression.Comparison;
import io.millrace.expression.tree.Expression.Comparison.Relation;
import io.millrace.expression.tree.Expression.IsNull;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Expression.Or;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** All functions by name. */
final class FunctionRules {
  private static final int MANY = 1000;

  private final Map<String, FunctionRule> rules = new HashMap<>();

  private FunctionRules() {}

  static Map<String, FunctionRule> all(TimeParts times, Patterns patterns) {
    FunctionRules all = new FunctionRules();
    all.addTexts(patterns);
    all.addNumbers();
    all.addChoices();
    all.addTimes(times);
    return Map.copyOf(all.rules);
  }

  private void add(
      String usage,
      int least,
      int most,
      java.util.function.Function<Arguments, Expression> binding) {
    String name = usage.contains("(") ? usage.substring(0, usage.indexOf('(')) : usage;
    rules.put(name, new FunctionRule(least, most, usage, binding));
  }

  private void addTexts(Patterns patterns) {
    add("LOWER(s)", 1, 1, arguments -> text(Function.LOWER, arguments.text(0)));
    add("UPPER(s)", 1, 1, arguments -> text(Function.UPPER, arguments.text(0)));
    add("TRIM([BOTH | LEADING | TRAILING] [c FROM] s)", 3, 3, FunctionRules::trim);
    add("LTRIM(s)", 1, 1, arguments -> trim(Function.TRIM_LEADING, arguments.text(0)));
    add("RTRIM(s)", 1, 1, arguments -> trim(Function.TRIM_TRAILING, arguments.text(0)));
    add("SUBSTRING(s FROM i FOR n)", 2, 3, FunctionRules::substring);
    for (String name : List.of("CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH")) {
      add(
          name + "(s)",
          1,
          1,
          arguments -> new Call(Function.CHAR_LENGTH, List.of(arguments.text(0)), Typing.INTEGER));
    }
    add(
        "POSITION(x IN s)",
        2,
        2,
        arguments ->
            new Call(
                Function.POSITION, List.of(arguments.text(0), arguments.text(1)), Typing.INTEGER));
    add(
        "REPLACE(s, x, y)",
        3,
        3,
        arguments ->
            text(Function.REPLACE, arguments.text(0), arguments.text(1), arguments.text(2)));
    add("||", 2, 2, FunctionRules::concat);
    add("CONCAT(s, …)", 1, MANY, FunctionRules::concat);
    add("STARTS_WITH(s, x)", 2, 2, arguments -> test(Function.STARTS_WITH, arguments));
    add("ENDS_WITH(s, x)", 2, 2, arguments -> test(Function.ENDS_WITH, arguments));
    add(
        "REGEXP_LIKE(s, pattern)",
        2,
        2,
        arguments -> patterns.regularExpression(arguments.node(0), arguments.node(1)));
  }

  private static Expression text(Function function, Expression... operands) {
    return new Call(function, List.of(operands), Typing.VARCHAR);
  }

  private static Expression test(Function function, Arguments arguments) {
    return new Call(function, List.of(arguments.text(0), arguments.text(1)), Typing.BOOLEAN);
  }

  private static Expression trim(Function function, Expression text) {
    return text(function, text, new Literal(" ", Typing.VARCHAR));
  }

  private static Expression trim(Arguments arguments) {
    Expression character = arguments.text(1);
    if (!(character instanceof Literal literal)
        || ((String) literal.value()).codePoints().count() != 1) {
      throw SqlProblem.at(
          arguments.node(1),
          "TRIM takes off one character, written in quotes: TRIM(BOTH '-' FROM s)");
    }
    SqlTrimFunction.Flag side =
        ((SqlLiteral) arguments.node(0)).getValueAs(SqlTrimFunction.Flag.class);
    Function function =
        switch (side) {
          case BOTH -> Function.TRIM_BOTH;
          case LEADING -> Function.TRIM_LEADING;
          case TRAILING -> Function.TRIM_TRAILING;
        };
    return text(function, arguments.text(2), character);
  }

  private static Expression substring(Arguments arguments) {
    return arguments.size() == 2
        ? text(Function.SUBSTRING_FROM, arguments.text(0), arguments.whole(1))
        : text(Function.SUBSTRING_FOR, arguments.text(0), arguments.whole(1), arguments.whole(2));
  }

  private static Expression concat(Arguments arguments) {
    Expression all = arguments.text(0);
    for (int i = 1; i < arguments.size(); i++) {
      all = text(Function.CONCAT, all, arguments.text(i));
    }
    return all;
  }

  private void addNumbers() {
    NumberRules numbers = new NumberRules();
    add("ABS(x)", 1, 1, numbers::abs);
    add("SIGN(x)", 1, 1, numbers::sign);
    add("MOD(x, y)", 2, 2, numbers::modulo);
    add("ROUND(x, digits)", 1, 2, numbers::round);
    add("TRUNCATE(x, digits)", 1, 2, numbers::truncate);
    add("FLOOR(x)", 1, 1, numbers::floor);
    add("CEIL(x)", 1, 1, numbers::ceil);
    for (Function function :
        List.of(
            Function.LN,
            Function.LOG10,
            Function.EXP,
            Function.SQRT,
            Function.SIN,
            Function.COS,
            Function.TAN,
            Function.ASIN,
            Function.ACOS,
            Function.ATAN,
            Function.RADIANS,
            Function.DEGREES)) {
      add(
          function + "(x)",
          1,
          1,
          arguments -> new Call(function, List.of(arguments.asDouble(0)), Typing.DOUBLE));
    }
    for (Function function : List.of(Function.POWER, Function.ATAN2)) {
      add(
          function + "(x, y)",
          2,
          2,
          arguments ->
              new Call(
                  function, List.of(arguments.asDouble(0), arguments.asDouble(1)), Typing.DOUBLE));
    }
  }

  private void addChoices() {
    add(
        "COALESCE(x, y, …)",
        1,
        MANY,
        arguments -> {
          List<Expression> values = arguments.common();
          return new Coalesce(values, values.get(0).type());
        });
    add("NULLIF(x, y)", 2, 2, FunctionRules::nullIf);
    add("GREATEST(x, y, …)", 1, MANY, arguments -> extreme(Relation.GREATER_OR_EQUAL, arguments));
    add("LEAST(x, y, …)", 1, MANY, arguments -> extreme(Relation.LESS_OR_EQUAL, arguments));
  }

  private static Expression nullIf(Arguments arguments) {
    Expression first = arguments.binder().bind(arguments.node(0));
    Expression equal =
        new Operators(arguments.binder())
            .compare(Relation.EQUAL, arguments.node(0), arguments.node(1));
    ColumnType type = first.type();
    return new Case(
        List.of(new Case.Branch(equal, Typing.convert(Typing.NULL, type))), first, type);
  }

  /** NULL where an argument is; else the first that no other one beats. */
  private static Expression extreme(Relation relation, Arguments arguments) {
    List<Expression> values = arguments.common();
    List<Case.Branch> branches = new ArrayList<>();
    Expression last = values.get(values.size() - 1);
    branches.add(
        new Case.Branch(
            new Or(values.stream().<Expression>map(IsNull::new).toList()),
            Typing.convert(Typing.NULL, last.type())));
    for (int i = 0; i < values.size() - 1; i++) {
      Expression value = values.get(i);
      List<Expression> beaten =
          values.subList(i + 1, values.size()).stream()
              .<Expression>map(other -> new Comparison(relation, value, other))
              .toList();
      branches.add(new Case.Branch(new Expression.And(beaten), value));
    }
    return new Case(branches, last, last.type());
  }

  private void addTimes(TimeParts times) {
    Map<String, String> parts =
        Map.of(
            "YEAR", "YEAR",
            "QUARTER", "QUARTER",
            "MONTH", "MONTH",
            "WEEK", "WEEK",
            "DAYOFYEAR", "DOY",
            "DAYOFMONTH", "DAY",
            "DAYOFWEEK", "DOW",
            "HOUR", "HOUR",
            "MINUTE", "MINUTE",
            "SECOND", "SECOND");
    parts.forEach(
        (name, unit) ->
            add(
                name + "(ts)",
                1,
                1,
                arguments -> times.part(unit, arguments.call(), arguments.node(0))));
    // bound by their syntax before names are looked up; here for spelling only
    for (String usage :
        List.of(
            "EXTRACT(HOUR FROM ts)",
            "TIMESTAMPADD(DAY, n, ts)",
            "TIMESTAMPDIFF(DAY, a, b)",
            "CAST(x AS type)")) {
      add(usage, MANY + 1, MANY + 1, arguments -> arguments.text(0));
    }
  }
}
